export { armoredBlocks, clearSigned } from './armor.ts'
export { type OpenpgpKey, readOpenpgpKeys } from './keys.ts'
export { type OpenpgpSignature, openpgpHolds, readOpenpgpSignatures } from './signatures.ts'
