/** Why a name of a member is refused, in words that follow the name; `undefined` when nothing is wrong with it. */
export function faultOfName(name: string): string | undefined {
  if (name === '') return 'is empty'
  if (Buffer.byteLength(name) > MOST_NAME) return `is longer than ${MOST_NAME} bytes`
  if (UNSEEN.test(name)) return 'has characters that cannot be seen'
  if (/[\\:*?"<>|]/.test(name)) return 'has a character that names of files do not have everywhere'
  if (name.startsWith('/')) return 'begins at the root of the file system'
  const steps = name.split('/')
  if (steps.includes('..') || steps.includes('.')) return 'leads out of its folder'
  if (steps.includes('')) return 'is that of a folder or has an empty step'
  if (steps.some((step) => /[. ]$/.test(step))) return 'has a step that ends with a dot or a space'
  if (steps.some((step) => DEVICE.test(step))) return 'is that of a device'
  if (name.normalize('NFC') !== name) return 'is not in Unicode’s normal form C'
  return undefined
}

/** Names that some file system takes for the same file have the same key. */
export function keyOfName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase()
}

const MOST_NAME = 255
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/u
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
