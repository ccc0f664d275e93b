// Bodies would stand here.
