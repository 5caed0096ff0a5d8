export { type AlgorithmIdentifier, readAlgorithm, schemeOf } from './algorithm.ts'
export {
  type Certificate,
  extensionsOf,
  isSignedBy,
  readCertificate,
  type SignedPart,
} from './certificate.ts'
export type { Extension, Extensions, KeyUsage } from './extensions.ts'
export { type DistinguishedName, readName } from './name.ts'
export {
  type CertificatePath,
  isSelfIssued,
  type PathOptions,
  type PathProblem,
  pathOf,
} from './path.ts'
export { pemBlocks } from './pem.ts'
export { type RevocationList, readRevocationList } from './revocation-list.ts'
