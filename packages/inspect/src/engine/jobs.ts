import type {
  BootChain,
  Component,
  Evidence,
  FuseReadout,
  Service,
  Unpacked,
  UpdateMechanism,
} from '@messlatte/model'
import type { KnownKeysFile } from '../known-keys/file.ts'
import type { ReleaseSecret, SecretsWanted } from '../secrets/secret.ts'
import type { TamperSettings } from '../tamper/index.ts'
import type { RegionsOutput } from '../units/regions/mapper.ts'
import type { PublicValue } from '../units/values/identity.ts'

/** What the sandbox can be asked to do; plain JSON, because it crosses a process boundary. */
export type SandboxSettings =
  | {
      readonly kind: 'inspect'
      readonly trusted: readonly {
        readonly name: string
        readonly spkiHex: string
        readonly certificateHex?: string | undefined
        readonly sha256: string
      }[]
      readonly trustedDigests: readonly string[]
      readonly readouts: readonly FuseReadout[]
      readonly guesses: number
      readonly productWords: readonly string[]
      readonly wordlist: readonly string[]
      readonly reveal: boolean
      /** Published keys that the user adds to ours. */
      readonly knownKeys?: KnownKeysFile
      /** Where the release is compared with others: what its secrets are to be told by. */
      readonly secrets?: SecretsWanted
      /** Whether the release is the dump of a unit: what is public about it is then looked for as well. */
      readonly unit?: boolean
      /** Whether public keys and certificates of the release are handed out, for updates of another one. */
      readonly anchors?: boolean
    }
  /** Digests of files, regions and blocks, for a comparison of two dumps. */
  | {
      readonly kind: 'regions'
      /** Whether digests of blocks are wanted, beside those of files and regions. */
      readonly blocks: boolean
    }
  | TamperSettings

export interface InspectResult {
  readonly kind: 'inspect'
  readonly components: readonly Component[]
  readonly services: readonly Service[]
  readonly chains: readonly BootChain[]
  readonly mechanisms: readonly UpdateMechanism[]
  readonly evidence: readonly Evidence[]
  readonly unpacked: Unpacked
  /** SHA-256 (hex) of the release's files, in their order. */
  readonly digests: readonly string[]
  /** SHA-256 (hex) over the manifests of all checks and formats. */
  readonly checksDigest: string
  /** Present where they were asked for. */
  readonly secrets?: readonly ReleaseSecret[]
  /** Public keys and certificates, each once under the first of its places; present where they were asked for. */
  readonly anchors?: readonly ReleaseAnchor[]
  /** Of a unit's dump: what is public about it, in the order of the places. */
  readonly identity?: readonly (PublicValue & { readonly path: string })[]
}

/** A public key or certificate that lies in a release. */
export interface ReleaseAnchor {
  readonly path: string
  /** SubjectPublicKeyInfo, DER. */
  readonly spkiHex: string
  readonly spkiSha256: string
  /** DER, of a certificate. */
  readonly certificateHex?: string
  /** SHA-256 (hex) of the certificate, or of the key. */
  readonly sha256: string
  /** A boot loader has it, and starts nothing that is signed with none of its keys. */
  readonly boot?: 'fit' | 'mcuboot'
}

export interface RegionsResult extends RegionsOutput {
  readonly kind: 'regions'
  readonly unpacked: Unpacked
  readonly digests: readonly string[]
}
