/** What something may be verified with, as a file of its own holds it. */
export interface AnchorFact {
  readonly form: 'certificate' | 'key' | 'list'
  /** DER, base64: a certificate, a SubjectPublicKeyInfo, a revocation list. */
  readonly der: string
  /** What signatures name the key by, where its file says so (signify): hex. */
  readonly id?: string
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.anchor': AnchorFact
  }
}
