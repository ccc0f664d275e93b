package control

// huge has more cases than any table indexed by case should assume.
func huge(n int, ch chan int) int {
	switch n {
	case 0:
		if n > len(ch) {
			ch <- 0
		}
	case 1:
		if n > len(ch) {
			ch <- 1
		}
	case 2:
		if n > len(ch) {
			ch <- 2
		}
	case 3:
		if n > len(ch) {
			ch <- 3
		}
	case 4:
		if n > len(ch) {
			ch <- 4
		}
	case 5:
		if n > len(ch) {
			ch <- 5
		}
	case 6:
		if n > len(ch) {
			ch <- 6
		}
	case 7:
		if n > len(ch) {
			ch <- 7
		}
	case 8:
		if n > len(ch) {
			ch <- 8
		}
	case 9:
		if n > len(ch) {
			ch <- 9
		}
	case 10:
		if n > len(ch) {
			ch <- 10
		}
	case 11:
		if n > len(ch) {
			ch <- 11
		}
	case 12:
		if n > len(ch) {
			ch <- 12
		}
	case 13:
		if n > len(ch) {
			ch <- 13
		}
	case 14:
		if n > len(ch) {
			ch <- 14
		}
	case 15:
		if n > len(ch) {
			ch <- 15
		}
	case 16:
		if n > len(ch) {
			ch <- 16
		}
	case 17:
		if n > len(ch) {
			ch <- 17
		}
	case 18:
		if n > len(ch) {
			ch <- 18
		}
	case 19:
		if n > len(ch) {
			ch <- 19
		}
	case 20:
		if n > len(ch) {
			ch <- 20
		}
	case 21:
		if n > len(ch) {
			ch <- 21
		}
	case 22:
		if n > len(ch) {
			ch <- 22
		}
	case 23:
		if n > len(ch) {
			ch <- 23
		}
	case 24:
		if n > len(ch) {
			ch <- 24
		}
	case 25:
		if n > len(ch) {
			ch <- 25
		}
	case 26:
		if n > len(ch) {
			ch <- 26
		}
	case 27:
		if n > len(ch) {
			ch <- 27
		}
	case 28:
		if n > len(ch) {
			ch <- 28
		}
	case 29:
		if n > len(ch) {
			ch <- 29
		}
	case 30:
		if n > len(ch) {
			ch <- 30
		}
	case 31:
		if n > len(ch) {
			ch <- 31
		}
	case 32:
		if n > len(ch) {
			ch <- 32
		}
	case 33:
		if n > len(ch) {
			ch <- 33
		}
	case 34:
		if n > len(ch) {
			ch <- 34
		}
	case 35:
		if n > len(ch) {
			ch <- 35
		}
	case 36:
		if n > len(ch) {
			ch <- 36
		}
	case 37:
		if n > len(ch) {
			ch <- 37
		}
	case 38:
		if n > len(ch) {
			ch <- 38
		}
	case 39:
		if n > len(ch) {
			ch <- 39
		}
	case 40:
		if n > len(ch) {
			ch <- 40
		}
	case 41:
		if n > len(ch) {
			ch <- 41
		}
	case 42:
		if n > len(ch) {
			ch <- 42
		}
	case 43:
		if n > len(ch) {
			ch <- 43
		}
	case 44:
		if n > len(ch) {
			ch <- 44
		}
	case 45:
		if n > len(ch) {
			ch <- 45
		}
	case 46:
		if n > len(ch) {
			ch <- 46
		}
	case 47:
		if n > len(ch) {
			ch <- 47
		}
	case 48:
		if n > len(ch) {
			ch <- 48
		}
	case 49:
		if n > len(ch) {
			ch <- 49
		}
	case 50:
		if n > len(ch) {
			ch <- 50
		}
	case 51:
		if n > len(ch) {
			ch <- 51
		}
	case 52:
		if n > len(ch) {
			ch <- 52
		}
	case 53:
		if n > len(ch) {
			ch <- 53
		}
	case 54:
		if n > len(ch) {
			ch <- 54
		}
	case 55:
		if n > len(ch) {
			ch <- 55
		}
	case 56:
		if n > len(ch) {
			ch <- 56
		}
	case 57:
		if n > len(ch) {
			ch <- 57
		}
	case 58:
		if n > len(ch) {
			ch <- 58
		}
	case 59:
		if n > len(ch) {
			ch <- 59
		}
	case 60:
		if n > len(ch) {
			ch <- 60
		}
	case 61:
		if n > len(ch) {
			ch <- 61
		}
	case 62:
		if n > len(ch) {
			ch <- 62
		}
	case 63:
		if n > len(ch) {
			ch <- 63
		}
	case 64:
		if n > len(ch) {
			ch <- 64
		}
	case 65:
		if n > len(ch) {
			ch <- 65
		}
	case 66:
		if n > len(ch) {
			ch <- 66
		}
	case 67:
		if n > len(ch) {
			ch <- 67
		}
	case 68:
		if n > len(ch) {
			ch <- 68
		}
	case 69:
		if n > len(ch) {
			ch <- 69
		}
	case 70:
		if n > len(ch) {
			ch <- 70
		}
	case 71:
		if n > len(ch) {
			ch <- 71
		}
	case 72:
		if n > len(ch) {
			ch <- 72
		}
	case 73:
		if n > len(ch) {
			ch <- 73
		}
	case 74:
		if n > len(ch) {
			ch <- 74
		}
	case 75:
		if n > len(ch) {
			ch <- 75
		}
	case 76:
		if n > len(ch) {
			ch <- 76
		}
	case 77:
		if n > len(ch) {
			ch <- 77
		}
	case 78:
		if n > len(ch) {
			ch <- 78
		}
	case 79:
		if n > len(ch) {
			ch <- 79
		}
	case 80:
		if n > len(ch) {
			ch <- 80
		}
	case 81:
		if n > len(ch) {
			ch <- 81
		}
	case 82:
		if n > len(ch) {
			ch <- 82
		}
	case 83:
		if n > len(ch) {
			ch <- 83
		}
	case 84:
		if n > len(ch) {
			ch <- 84
		}
	case 85:
		if n > len(ch) {
			ch <- 85
		}
	case 86:
		if n > len(ch) {
			ch <- 86
		}
	case 87:
		if n > len(ch) {
			ch <- 87
		}
	case 88:
		if n > len(ch) {
			ch <- 88
		}
	case 89:
		if n > len(ch) {
			ch <- 89
		}
	case 90:
		if n > len(ch) {
			ch <- 90
		}
	case 91:
		if n > len(ch) {
			ch <- 91
		}
	case 92:
		if n > len(ch) {
			ch <- 92
		}
	case 93:
		if n > len(ch) {
			ch <- 93
		}
	case 94:
		if n > len(ch) {
			ch <- 94
		}
	case 95:
		if n > len(ch) {
			ch <- 95
		}
	case 96:
		if n > len(ch) {
			ch <- 96
		}
	case 97:
		if n > len(ch) {
			ch <- 97
		}
	case 98:
		if n > len(ch) {
			ch <- 98
		}
	case 99:
		if n > len(ch) {
			ch <- 99
		}
	case 100:
		if n > len(ch) {
			ch <- 100
		}
	case 101:
		if n > len(ch) {
			ch <- 101
		}
	case 102:
		if n > len(ch) {
			ch <- 102
		}
	case 103:
		if n > len(ch) {
			ch <- 103
		}
	case 104:
		if n > len(ch) {
			ch <- 104
		}
	case 105:
		if n > len(ch) {
			ch <- 105
		}
	case 106:
		if n > len(ch) {
			ch <- 106
		}
	case 107:
		if n > len(ch) {
			ch <- 107
		}
	case 108:
		if n > len(ch) {
			ch <- 108
		}
	case 109:
		if n > len(ch) {
			ch <- 109
		}
	case 110:
		if n > len(ch) {
			ch <- 110
		}
	case 111:
		if n > len(ch) {
			ch <- 111
		}
	case 112:
		if n > len(ch) {
			ch <- 112
		}
	case 113:
		if n > len(ch) {
			ch <- 113
		}
	case 114:
		if n > len(ch) {
			ch <- 114
		}
	case 115:
		if n > len(ch) {
			ch <- 115
		}
	case 116:
		if n > len(ch) {
			ch <- 116
		}
	case 117:
		if n > len(ch) {
			ch <- 117
		}
	case 118:
		if n > len(ch) {
			ch <- 118
		}
	case 119:
		if n > len(ch) {
			ch <- 119
		}
	case 120:
		if n > len(ch) {
			ch <- 120
		}
	case 121:
		if n > len(ch) {
			ch <- 121
		}
	case 122:
		if n > len(ch) {
			ch <- 122
		}
	case 123:
		if n > len(ch) {
			ch <- 123
		}
	case 124:
		if n > len(ch) {
			ch <- 124
		}
	case 125:
		if n > len(ch) {
			ch <- 125
		}
	case 126:
		if n > len(ch) {
			ch <- 126
		}
	case 127:
		if n > len(ch) {
			ch <- 127
		}
	case 128:
		if n > len(ch) {
			ch <- 128
		}
	case 129:
		if n > len(ch) {
			ch <- 129
		}
	case 130:
		if n > len(ch) {
			ch <- 130
		}
	case 131:
		if n > len(ch) {
			ch <- 131
		}
	case 132:
		if n > len(ch) {
			ch <- 132
		}
	case 133:
		if n > len(ch) {
			ch <- 133
		}
	case 134:
		if n > len(ch) {
			ch <- 134
		}
	case 135:
		if n > len(ch) {
			ch <- 135
		}
	case 136:
		if n > len(ch) {
			ch <- 136
		}
	case 137:
		if n > len(ch) {
			ch <- 137
		}
	case 138:
		if n > len(ch) {
			ch <- 138
		}
	case 139:
		if n > len(ch) {
			ch <- 139
		}
	case 140:
		if n > len(ch) {
			ch <- 140
		}
	case 141:
		if n > len(ch) {
			ch <- 141
		}
	case 142:
		if n > len(ch) {
			ch <- 142
		}
	case 143:
		if n > len(ch) {
			ch <- 143
		}
	case 144:
		if n > len(ch) {
			ch <- 144
		}
	case 145:
		if n > len(ch) {
			ch <- 145
		}
	case 146:
		if n > len(ch) {
			ch <- 146
		}
	case 147:
		if n > len(ch) {
			ch <- 147
		}
	case 148:
		if n > len(ch) {
			ch <- 148
		}
	case 149:
		if n > len(ch) {
			ch <- 149
		}
	case 150:
		if n > len(ch) {
			ch <- 150
		}
	case 151:
		if n > len(ch) {
			ch <- 151
		}
	case 152:
		if n > len(ch) {
			ch <- 152
		}
	case 153:
		if n > len(ch) {
			ch <- 153
		}
	case 154:
		if n > len(ch) {
			ch <- 154
		}
	case 155:
		if n > len(ch) {
			ch <- 155
		}
	case 156:
		if n > len(ch) {
			ch <- 156
		}
	case 157:
		if n > len(ch) {
			ch <- 157
		}
	case 158:
		if n > len(ch) {
			ch <- 158
		}
	case 159:
		if n > len(ch) {
			ch <- 159
		}
	case 160:
		if n > len(ch) {
			ch <- 160
		}
	case 161:
		if n > len(ch) {
			ch <- 161
		}
	case 162:
		if n > len(ch) {
			ch <- 162
		}
	case 163:
		if n > len(ch) {
			ch <- 163
		}
	case 164:
		if n > len(ch) {
			ch <- 164
		}
	case 165:
		if n > len(ch) {
			ch <- 165
		}
	case 166:
		if n > len(ch) {
			ch <- 166
		}
	case 167:
		if n > len(ch) {
			ch <- 167
		}
	case 168:
		if n > len(ch) {
			ch <- 168
		}
	case 169:
		if n > len(ch) {
			ch <- 169
		}
	case 170:
		if n > len(ch) {
			ch <- 170
		}
	case 171:
		if n > len(ch) {
			ch <- 171
		}
	case 172:
		if n > len(ch) {
			ch <- 172
		}
	case 173:
		if n > len(ch) {
			ch <- 173
		}
	case 174:
		if n > len(ch) {
			ch <- 174
		}
	case 175:
		if n > len(ch) {
			ch <- 175
		}
	case 176:
		if n > len(ch) {
			ch <- 176
		}
	case 177:
		if n > len(ch) {
			ch <- 177
		}
	case 178:
		if n > len(ch) {
			ch <- 178
		}
	case 179:
		if n > len(ch) {
			ch <- 179
		}
	case 180:
		if n > len(ch) {
			ch <- 180
		}
	case 181:
		if n > len(ch) {
			ch <- 181
		}
	case 182:
		if n > len(ch) {
			ch <- 182
		}
	case 183:
		if n > len(ch) {
			ch <- 183
		}
	case 184:
		if n > len(ch) {
			ch <- 184
		}
	case 185:
		if n > len(ch) {
			ch <- 185
		}
	case 186:
		if n > len(ch) {
			ch <- 186
		}
	case 187:
		if n > len(ch) {
			ch <- 187
		}
	case 188:
		if n > len(ch) {
			ch <- 188
		}
	case 189:
		if n > len(ch) {
			ch <- 189
		}
	case 190:
		if n > len(ch) {
			ch <- 190
		}
	case 191:
		if n > len(ch) {
			ch <- 191
		}
	case 192:
		if n > len(ch) {
			ch <- 192
		}
	case 193:
		if n > len(ch) {
			ch <- 193
		}
	case 194:
		if n > len(ch) {
			ch <- 194
		}
	case 195:
		if n > len(ch) {
			ch <- 195
		}
	case 196:
		if n > len(ch) {
			ch <- 196
		}
	case 197:
		if n > len(ch) {
			ch <- 197
		}
	case 198:
		if n > len(ch) {
			ch <- 198
		}
	case 199:
		if n > len(ch) {
			ch <- 199
		}
	case 200:
		if n > len(ch) {
			ch <- 200
		}
	case 201:
		if n > len(ch) {
			ch <- 201
		}
	case 202:
		if n > len(ch) {
			ch <- 202
		}
	case 203:
		if n > len(ch) {
			ch <- 203
		}
	case 204:
		if n > len(ch) {
			ch <- 204
		}
	case 205:
		if n > len(ch) {
			ch <- 205
		}
	case 206:
		if n > len(ch) {
			ch <- 206
		}
	case 207:
		if n > len(ch) {
			ch <- 207
		}
	case 208:
		if n > len(ch) {
			ch <- 208
		}
	case 209:
		if n > len(ch) {
			ch <- 209
		}
	case 210:
		if n > len(ch) {
			ch <- 210
		}
	case 211:
		if n > len(ch) {
			ch <- 211
		}
	case 212:
		if n > len(ch) {
			ch <- 212
		}
	case 213:
		if n > len(ch) {
			ch <- 213
		}
	case 214:
		if n > len(ch) {
			ch <- 214
		}
	case 215:
		if n > len(ch) {
			ch <- 215
		}
	case 216:
		if n > len(ch) {
			ch <- 216
		}
	case 217:
		if n > len(ch) {
			ch <- 217
		}
	case 218:
		if n > len(ch) {
			ch <- 218
		}
	case 219:
		if n > len(ch) {
			ch <- 219
		}
	case 220:
		if n > len(ch) {
			ch <- 220
		}
	case 221:
		if n > len(ch) {
			ch <- 221
		}
	case 222:
		if n > len(ch) {
			ch <- 222
		}
	case 223:
		if n > len(ch) {
			ch <- 223
		}
	case 224:
		if n > len(ch) {
			ch <- 224
		}
	case 225:
		if n > len(ch) {
			ch <- 225
		}
	case 226:
		if n > len(ch) {
			ch <- 226
		}
	case 227:
		if n > len(ch) {
			ch <- 227
		}
	case 228:
		if n > len(ch) {
			ch <- 228
		}
	case 229:
		if n > len(ch) {
			ch <- 229
		}
	case 230:
		if n > len(ch) {
			ch <- 230
		}
	case 231:
		if n > len(ch) {
			ch <- 231
		}
	case 232:
		if n > len(ch) {
			ch <- 232
		}
	case 233:
		if n > len(ch) {
			ch <- 233
		}
	case 234:
		if n > len(ch) {
			ch <- 234
		}
	case 235:
		if n > len(ch) {
			ch <- 235
		}
	case 236:
		if n > len(ch) {
			ch <- 236
		}
	case 237:
		if n > len(ch) {
			ch <- 237
		}
	case 238:
		if n > len(ch) {
			ch <- 238
		}
	case 239:
		if n > len(ch) {
			ch <- 239
		}
	case 240:
		if n > len(ch) {
			ch <- 240
		}
	case 241:
		if n > len(ch) {
			ch <- 241
		}
	case 242:
		if n > len(ch) {
			ch <- 242
		}
	case 243:
		if n > len(ch) {
			ch <- 243
		}
	case 244:
		if n > len(ch) {
			ch <- 244
		}
	case 245:
		if n > len(ch) {
			ch <- 245
		}
	case 246:
		if n > len(ch) {
			ch <- 246
		}
	case 247:
		if n > len(ch) {
			ch <- 247
		}
	case 248:
		if n > len(ch) {
			ch <- 248
		}
	case 249:
		if n > len(ch) {
			ch <- 249
		}
	case 250:
		if n > len(ch) {
			ch <- 250
		}
	case 251:
		if n > len(ch) {
			ch <- 251
		}
	case 252:
		if n > len(ch) {
			ch <- 252
		}
	case 253:
		if n > len(ch) {
			ch <- 253
		}
	case 254:
		if n > len(ch) {
			ch <- 254
		}
	case 255:
		if n > len(ch) {
			ch <- 255
		}
	case 256:
		if n > len(ch) {
			ch <- 256
		}
	case 257:
		if n > len(ch) {
			ch <- 257
		}
	case 258:
		if n > len(ch) {
			ch <- 258
		}
	case 259:
		if n > len(ch) {
			ch <- 259
		}
	case 260:
		if n > len(ch) {
			ch <- 260
		}
	case 261:
		if n > len(ch) {
			ch <- 261
		}
	case 262:
		if n > len(ch) {
			ch <- 262
		}
	case 263:
		if n > len(ch) {
			ch <- 263
		}
	case 264:
		if n > len(ch) {
			ch <- 264
		}
	case 265:
		if n > len(ch) {
			ch <- 265
		}
	case 266:
		if n > len(ch) {
			ch <- 266
		}
	case 267:
		if n > len(ch) {
			ch <- 267
		}
	case 268:
		if n > len(ch) {
			ch <- 268
		}
	case 269:
		if n > len(ch) {
			ch <- 269
		}
	case 270:
		if n > len(ch) {
			ch <- 270
		}
	case 271:
		if n > len(ch) {
			ch <- 271
		}
	case 272:
		if n > len(ch) {
			ch <- 272
		}
	case 273:
		if n > len(ch) {
			ch <- 273
		}
	case 274:
		if n > len(ch) {
			ch <- 274
		}
	case 275:
		if n > len(ch) {
			ch <- 275
		}
	case 276:
		if n > len(ch) {
			ch <- 276
		}
	case 277:
		if n > len(ch) {
			ch <- 277
		}
	case 278:
		if n > len(ch) {
			ch <- 278
		}
	case 279:
		if n > len(ch) {
			ch <- 279
		}
	case 280:
		if n > len(ch) {
			ch <- 280
		}
	case 281:
		if n > len(ch) {
			ch <- 281
		}
	case 282:
		if n > len(ch) {
			ch <- 282
		}
	case 283:
		if n > len(ch) {
			ch <- 283
		}
	case 284:
		if n > len(ch) {
			ch <- 284
		}
	case 285:
		if n > len(ch) {
			ch <- 285
		}
	case 286:
		if n > len(ch) {
			ch <- 286
		}
	case 287:
		if n > len(ch) {
			ch <- 287
		}
	case 288:
		if n > len(ch) {
			ch <- 288
		}
	case 289:
		if n > len(ch) {
			ch <- 289
		}
	case 290:
		if n > len(ch) {
			ch <- 290
		}
	case 291:
		if n > len(ch) {
			ch <- 291
		}
	case 292:
		if n > len(ch) {
			ch <- 292
		}
	case 293:
		if n > len(ch) {
			ch <- 293
		}
	case 294:
		if n > len(ch) {
			ch <- 294
		}
	case 295:
		if n > len(ch) {
			ch <- 295
		}
	case 296:
		if n > len(ch) {
			ch <- 296
		}
	case 297:
		if n > len(ch) {
			ch <- 297
		}
	case 298:
		if n > len(ch) {
			ch <- 298
		}
	case 299:
		if n > len(ch) {
			ch <- 299
		}
	case 300:
		if n > len(ch) {
			ch <- 300
		}
	case 301:
		if n > len(ch) {
			ch <- 301
		}
	case 302:
		if n > len(ch) {
			ch <- 302
		}
	case 303:
		if n > len(ch) {
			ch <- 303
		}
	case 304:
		if n > len(ch) {
			ch <- 304
		}
	case 305:
		if n > len(ch) {
			ch <- 305
		}
	case 306:
		if n > len(ch) {
			ch <- 306
		}
	case 307:
		if n > len(ch) {
			ch <- 307
		}
	case 308:
		if n > len(ch) {
			ch <- 308
		}
	case 309:
		if n > len(ch) {
			ch <- 309
		}
	case 310:
		if n > len(ch) {
			ch <- 310
		}
	case 311:
		if n > len(ch) {
			ch <- 311
		}
	case 312:
		if n > len(ch) {
			ch <- 312
		}
	case 313:
		if n > len(ch) {
			ch <- 313
		}
	case 314:
		if n > len(ch) {
			ch <- 314
		}
	case 315:
		if n > len(ch) {
			ch <- 315
		}
	case 316:
		if n > len(ch) {
			ch <- 316
		}
	case 317:
		if n > len(ch) {
			ch <- 317
		}
	case 318:
		if n > len(ch) {
			ch <- 318
		}
	case 319:
		if n > len(ch) {
			ch <- 319
		}
	case 320:
		if n > len(ch) {
			ch <- 320
		}
	case 321:
		if n > len(ch) {
			ch <- 321
		}
	case 322:
		if n > len(ch) {
			ch <- 322
		}
	case 323:
		if n > len(ch) {
			ch <- 323
		}
	case 324:
		if n > len(ch) {
			ch <- 324
		}
	case 325:
		if n > len(ch) {
			ch <- 325
		}
	case 326:
		if n > len(ch) {
			ch <- 326
		}
	case 327:
		if n > len(ch) {
			ch <- 327
		}
	case 328:
		if n > len(ch) {
			ch <- 328
		}
	case 329:
		if n > len(ch) {
			ch <- 329
		}
	case 330:
		if n > len(ch) {
			ch <- 330
		}
	case 331:
		if n > len(ch) {
			ch <- 331
		}
	case 332:
		if n > len(ch) {
			ch <- 332
		}
	case 333:
		if n > len(ch) {
			ch <- 333
		}
	case 334:
		if n > len(ch) {
			ch <- 334
		}
	case 335:
		if n > len(ch) {
			ch <- 335
		}
	case 336:
		if n > len(ch) {
			ch <- 336
		}
	case 337:
		if n > len(ch) {
			ch <- 337
		}
	case 338:
		if n > len(ch) {
			ch <- 338
		}
	case 339:
		if n > len(ch) {
			ch <- 339
		}
	case 340:
		if n > len(ch) {
			ch <- 340
		}
	case 341:
		if n > len(ch) {
			ch <- 341
		}
	case 342:
		if n > len(ch) {
			ch <- 342
		}
	case 343:
		if n > len(ch) {
			ch <- 343
		}
	case 344:
		if n > len(ch) {
			ch <- 344
		}
	case 345:
		if n > len(ch) {
			ch <- 345
		}
	case 346:
		if n > len(ch) {
			ch <- 346
		}
	case 347:
		if n > len(ch) {
			ch <- 347
		}
	case 348:
		if n > len(ch) {
			ch <- 348
		}
	case 349:
		if n > len(ch) {
			ch <- 349
		}
	case 350:
		if n > len(ch) {
			ch <- 350
		}
	case 351:
		if n > len(ch) {
			ch <- 351
		}
	case 352:
		if n > len(ch) {
			ch <- 352
		}
	case 353:
		if n > len(ch) {
			ch <- 353
		}
	case 354:
		if n > len(ch) {
			ch <- 354
		}
	case 355:
		if n > len(ch) {
			ch <- 355
		}
	case 356:
		if n > len(ch) {
			ch <- 356
		}
	case 357:
		if n > len(ch) {
			ch <- 357
		}
	case 358:
		if n > len(ch) {
			ch <- 358
		}
	case 359:
		if n > len(ch) {
			ch <- 359
		}
	case 360:
		if n > len(ch) {
			ch <- 360
		}
	case 361:
		if n > len(ch) {
			ch <- 361
		}
	case 362:
		if n > len(ch) {
			ch <- 362
		}
	case 363:
		if n > len(ch) {
			ch <- 363
		}
	case 364:
		if n > len(ch) {
			ch <- 364
		}
	case 365:
		if n > len(ch) {
			ch <- 365
		}
	case 366:
		if n > len(ch) {
			ch <- 366
		}
	case 367:
		if n > len(ch) {
			ch <- 367
		}
	case 368:
		if n > len(ch) {
			ch <- 368
		}
	case 369:
		if n > len(ch) {
			ch <- 369
		}
	case 370:
		if n > len(ch) {
			ch <- 370
		}
	case 371:
		if n > len(ch) {
			ch <- 371
		}
	case 372:
		if n > len(ch) {
			ch <- 372
		}
	case 373:
		if n > len(ch) {
			ch <- 373
		}
	case 374:
		if n > len(ch) {
			ch <- 374
		}
	case 375:
		if n > len(ch) {
			ch <- 375
		}
	case 376:
		if n > len(ch) {
			ch <- 376
		}
	case 377:
		if n > len(ch) {
			ch <- 377
		}
	case 378:
		if n > len(ch) {
			ch <- 378
		}
	case 379:
		if n > len(ch) {
			ch <- 379
		}
	case 380:
		if n > len(ch) {
			ch <- 380
		}
	case 381:
		if n > len(ch) {
			ch <- 381
		}
	case 382:
		if n > len(ch) {
			ch <- 382
		}
	case 383:
		if n > len(ch) {
			ch <- 383
		}
	case 384:
		if n > len(ch) {
			ch <- 384
		}
	case 385:
		if n > len(ch) {
			ch <- 385
		}
	case 386:
		if n > len(ch) {
			ch <- 386
		}
	case 387:
		if n > len(ch) {
			ch <- 387
		}
	case 388:
		if n > len(ch) {
			ch <- 388
		}
	case 389:
		if n > len(ch) {
			ch <- 389
		}
	case 390:
		if n > len(ch) {
			ch <- 390
		}
	case 391:
		if n > len(ch) {
			ch <- 391
		}
	case 392:
		if n > len(ch) {
			ch <- 392
		}
	case 393:
		if n > len(ch) {
			ch <- 393
		}
	case 394:
		if n > len(ch) {
			ch <- 394
		}
	case 395:
		if n > len(ch) {
			ch <- 395
		}
	case 396:
		if n > len(ch) {
			ch <- 396
		}
	case 397:
		if n > len(ch) {
			ch <- 397
		}
	case 398:
		if n > len(ch) {
			ch <- 398
		}
	case 399:
		if n > len(ch) {
			ch <- 399
		}
	}
	return <-ch
}

// manyCases selects among many.
func manyCases(c [64]chan int) {
	for {
		select {
		case v := <-c[0]:
			c[1] <- v
		case v := <-c[1]:
			c[2] <- v
		case v := <-c[2]:
			c[3] <- v
		case v := <-c[3]:
			c[4] <- v
		case v := <-c[4]:
			c[5] <- v
		case v := <-c[5]:
			c[6] <- v
		case v := <-c[6]:
			c[7] <- v
		case v := <-c[7]:
			c[8] <- v
		case v := <-c[8]:
			c[9] <- v
		case v := <-c[9]:
			c[10] <- v
		case v := <-c[10]:
			c[11] <- v
		case v := <-c[11]:
			c[12] <- v
		case v := <-c[12]:
			c[13] <- v
		case v := <-c[13]:
			c[14] <- v
		case v := <-c[14]:
			c[15] <- v
		case v := <-c[15]:
			c[16] <- v
		case v := <-c[16]:
			c[17] <- v
		case v := <-c[17]:
			c[18] <- v
		case v := <-c[18]:
			c[19] <- v
		case v := <-c[19]:
			c[20] <- v
		case v := <-c[20]:
			c[21] <- v
		case v := <-c[21]:
			c[22] <- v
		case v := <-c[22]:
			c[23] <- v
		case v := <-c[23]:
			c[24] <- v
		case v := <-c[24]:
			c[25] <- v
		case v := <-c[25]:
			c[26] <- v
		case v := <-c[26]:
			c[27] <- v
		case v := <-c[27]:
			c[28] <- v
		case v := <-c[28]:
			c[29] <- v
		case v := <-c[29]:
			c[30] <- v
		case v := <-c[30]:
			c[31] <- v
		case v := <-c[31]:
			c[32] <- v
		case v := <-c[32]:
			c[33] <- v
		case v := <-c[33]:
			c[34] <- v
		case v := <-c[34]:
			c[35] <- v
		case v := <-c[35]:
			c[36] <- v
		case v := <-c[36]:
			c[37] <- v
		case v := <-c[37]:
			c[38] <- v
		case v := <-c[38]:
			c[39] <- v
		case v := <-c[39]:
			c[40] <- v
		case v := <-c[40]:
			c[41] <- v
		case v := <-c[41]:
			c[42] <- v
		case v := <-c[42]:
			c[43] <- v
		case v := <-c[43]:
			c[44] <- v
		case v := <-c[44]:
			c[45] <- v
		case v := <-c[45]:
			c[46] <- v
		case v := <-c[46]:
			c[47] <- v
		case v := <-c[47]:
			c[48] <- v
		case v := <-c[48]:
			c[49] <- v
		case v := <-c[49]:
			c[50] <- v
		case v := <-c[50]:
			c[51] <- v
		case v := <-c[51]:
			c[52] <- v
		case v := <-c[52]:
			c[53] <- v
		case v := <-c[53]:
			c[54] <- v
		case v := <-c[54]:
			c[55] <- v
		case v := <-c[55]:
			c[56] <- v
		case v := <-c[56]:
			c[57] <- v
		case v := <-c[57]:
			c[58] <- v
		case v := <-c[58]:
			c[59] <- v
		case v := <-c[59]:
			c[60] <- v
		case v := <-c[60]:
			c[61] <- v
		case v := <-c[61]:
			c[62] <- v
		case v := <-c[62]:
			c[63] <- v
		case v := <-c[63]:
			c[0] <- v
		}
	}
}
