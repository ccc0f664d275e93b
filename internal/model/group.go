package model

// Group is a class of wait groups (sync.WaitGroup, errgroup.Group, pools) with
// every visible use.
type Group struct {
	Adds   []*Op
	Dones  []*Op
	Waits  []*Op
	Gos    []*Op
	Limits []*Op
	In     bool // may stand for a group from elsewhere
	Out    bool // code out of view may use it

	root any
}

// GroupOf returns the class of the group an operation is on, or nil.
func (p *Package) GroupOf(o *Op) *Group {
	if p.union == nil || o.Value == nil {
		return nil
	}
	root := p.union.find(p.union.node(o.Value))
	for _, g := range p.Groups {
		if g.root == root {
			return g
		}
	}
	return nil
}

// readGroups gathers the operations of each group class.
func (p *Package) readGroups() {
	byRoot := make(map[any]*Group)
	for _, f := range p.Funcs {
		for _, o := range f.Ops {
			if o.Action < GroupAdd || o.Action > GroupLimit {
				continue
			}
			n := p.union.node(o.Value)
			if n == nil {
				continue
			}
			root := p.union.find(n)
			g := byRoot[root]
			if g == nil {
				flags := p.union.flags[root]
				g = &Group{root: root, In: flags&openIn != 0, Out: flags&openOut != 0}
				byRoot[root] = g
				p.Groups = append(p.Groups, g)
			}
			g.add(o)
		}
	}
}

// add files one operation on the group.
func (g *Group) add(o *Op) {
	switch o.Action {
	case GroupAdd:
		g.Adds = append(g.Adds, o)
	case GroupDone:
		g.Dones = append(g.Dones, o)
	case GroupWait:
		g.Waits = append(g.Waits, o)
	case GroupGo:
		g.Gos = append(g.Gos, o)
	case GroupLimit:
		g.Limits = append(g.Limits, o)
	}
}
