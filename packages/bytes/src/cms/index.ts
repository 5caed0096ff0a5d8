export { DATA, looksSigned, readSignedData, SIGNED_DATA, type SignedData } from './signed-data.ts'
export type { Attribute, SignedAttributes, Signer } from './signer.ts'
export { isMeant, type SignerOutcome, verifySigner } from './verify.ts'
