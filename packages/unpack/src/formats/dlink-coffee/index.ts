import { latin1 } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'

const MAGIC = '\0\xc0\xff\xee'
const MD5 = 16
const LENGTH = MD5 + MAGIC.length
/** The next one, or the end of the image, is not further away. */
const MOST = 16

export const dlinkCoffee: LeafFormat = {
  kind: 'leaf',
  name: 'dlink-coffee',
  title: 'D-Link signature behind an image (00 c0 ff ee: DIR routers with Russian firmware)',
  references: ['OpenWrt firmware-utils, src/sign_dlink_ru.c'],
  limits: [
    'one alone is recognised at the end of a file only',
    'the MD5 is not compared: it begins with a salt of the device',
  ],
  magic: [{ bytes: MAGIC, at: MD5 }],
  carve: true,

  recognise(bytes, at) {
    if (at + LENGTH > bytes.size || latin1(bytes.view(at + MD5, MAGIC.length)) !== MAGIC) return undefined
    let end = at + LENGTH
    for (let more = 1; more < MOST && end + LENGTH <= bytes.size; more++) {
      if (latin1(bytes.view(end + MD5, MAGIC.length)) !== MAGIC) break
      end += LENGTH
    }
    // The mark is short: one alone has to end the file.
    return end > at + LENGTH || end === bytes.size ? { start: at, end } : undefined
  },
}
