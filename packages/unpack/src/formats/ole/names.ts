import { latin1 } from '@messlatte/bytes'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._'
/** Units of two letters, of one, and the mark of a table. */
const [PAIRS, SINGLES, TABLE] = [0x3800, 0x4800, 0x4840] as const

/** The name of a stream of Windows Installer, which packs two letters in a unit of UTF-16, as a byte string of UTF-8. */
export function installerName(name: Uint8Array): string {
  let text = ''
  for (let at = 0; at + 2 <= name.length; at += 2) {
    const unit = (name[at] as number) | ((name[at + 1] as number) << 8)
    if (unit >= PAIRS && unit < SINGLES) text += letter(unit - PAIRS) + letter((unit - PAIRS) >>> 6)
    else if (unit >= SINGLES && unit < TABLE) text += letter(unit - SINGLES)
    else if (unit === TABLE) text += '!'
    else text += String.fromCharCode(unit)
  }
  return latin1(Buffer.from(text))
}

function letter(number: number): string {
  return ALPHABET.charAt(number & 0x3f)
}
