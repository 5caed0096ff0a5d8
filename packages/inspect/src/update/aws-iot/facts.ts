export interface AwsFile {
  readonly path: string
  /** Where the device has the certificate. */
  readonly certificate: string
  readonly size: number | undefined
  readonly signature:
    | { readonly digest: 'sha1' | 'sha256'; readonly key: 'rsa' | 'ec'; readonly value: string }
    | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.aws-iot': {
      readonly stream: string
      readonly protocols: readonly string[]
      readonly files: readonly AwsFile[]
    }
  }
}
