import type { Assessment } from './assessment.ts'
import type { BootChain } from './chain.ts'
import type { Evidence } from './evidence.ts'
import type { FuseReadout } from './fuses.ts'
import type { UpdateMechanism } from './mechanism.ts'
import type { ProfileId } from './profile.ts'
import type { Text } from './text.ts'

/** What the user states about the product; null where nothing was stated. */
export interface ProductStatement {
  readonly maker: string | null
  readonly model: string | null
  readonly hardware: string | null
  readonly firmware: string | null
  readonly batch: string | null
}

/** A file of the release as it was handed in. */
export interface ReleaseImage {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
}

export type LimitName =
  | 'bytes'
  | 'entries'
  | 'depth'
  | 'ratio'
  | 'artefact'
  | 'memory'
  | 'seconds'
  | 'guesses'
  | 'crash'

/** A limit that was hit, where, and what it cost. */
export interface LimitHit {
  readonly limit: LimitName
  readonly path: string
  readonly text: Text
}

/** What could not be read as its format says, and where. */
export interface DamageNote {
  readonly path: string
  readonly code: 'truncated' | 'checksum' | 'structure' | 'unsupported' | 'loop' | 'name'
  readonly message: string
}

/** A stretch of an image that no format claims. */
export interface UnknownRegion {
  readonly path: string
  readonly offset: number
  readonly length: number
  /** Shannon entropy, bits per byte, 0 to 8. */
  readonly entropy: number
  /** Of the bytes against even ones, 255 degrees of freedom, rounded. Random bytes have 255, give or take 23. */
  readonly chiSquare: number
  /** Even bytes are `compressed-or-encrypted`: which of the two, they do not tell. `data` is all that has no such shape. */
  readonly guess: 'sparse' | 'text' | 'code' | 'table' | 'data' | 'compressed' | 'compressed-or-encrypted'
}

/** A part of a file of the release, as it lies there. */
export interface MapPart {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly kind: 'format' | 'padding' | 'unknown'
  /** Its name, where a format claims it. */
  readonly format?: string
  /** Of a partition, as it stands in nest paths. */
  readonly name?: string
  /** What a table or a layout of partitions says of it: all of it in order, without gaps. */
  readonly parts?: readonly MapPart[]
}

/** Where a component was seen, and by what. */
export interface ComponentPlace {
  readonly path: string
  /** Bytes from the start of the artefact. */
  readonly offset: number
  readonly length: number
  /** SHA-256 (hex) of the artefact. */
  readonly sha256: string
  readonly proof: 'package-database' | 'version-text' | 'version-alone' | 'file-name' | 'name-only'
  /** What stands there. */
  readonly text: string
}

/** Something that the release is made of. */
export interface Component {
  readonly name: string
  readonly title: string
  /** Null where it is there and does not say which one it is. */
  readonly version: string | null
  /** Who says so: a package manager's records, or the component's own bytes. */
  readonly source: 'dpkg' | 'opkg' | 'apk' | 'yocto' | 'buildroot' | 'spdx' | 'bytes'
  /** Package URL. */
  readonly purl: string
  /** CPE 2.3, where the product has one. */
  readonly cpe: string | null
  readonly places: readonly ComponentPlace[]
  /** Libraries that its programs ask the loader for. */
  readonly needs: readonly string[]
}

/** A program that is started when the system starts, as its files tell it. */
export interface Service {
  /** Of the program: `telnetd`. */
  readonly name: string
  readonly title: string
  /** Nest path of the root file system. */
  readonly root: string
  readonly command: string
  readonly when: 'always' | 'condition'
  /** Tests that the image does not decide, on which its start depends. */
  readonly conditions: readonly string[]
  /** Files that lead to it, first to last, as paths of the system itself. */
  readonly chain: readonly string[]
  /** Nest path of the file in which the command stands. */
  readonly path: string
  /** Bytes from the start of that file. */
  readonly offset: number
  readonly length: number
  /** SHA-256 (hex) of that file. */
  readonly sha256: string | null
  readonly user: string | null
  /** Ports that the program listens on, by default or by its options. */
  readonly listens: readonly { readonly protocol: 'tcp' | 'udp'; readonly port: number }[]
  /** Files of the image that the command names. */
  readonly reads: readonly string[]
  /** Null where its configuration decides. */
  readonly authenticates: boolean | null
  /** The program is not in the image. */
  readonly missing: boolean
}

export interface Unpacked {
  readonly artefacts: number
  readonly files: number
  /** Bytes of all contents read, after decompression. */
  readonly bytes: number
  readonly unknownBytes: number
  readonly paddingBytes: number
  readonly partial: boolean
  readonly limits: readonly LimitHit[]
  readonly damage: readonly DamageNote[]
  readonly unknown: readonly UnknownRegion[]
  /** The release's files from their first byte to their last, in order; those that one format claims as a whole, too. */
  readonly map: readonly MapPart[]
  /** Formats opened, with how often, by name. */
  readonly formats: Readonly<Record<string, number>>
  /** How many notes of a kind there are beyond those that are listed; absent where all are. */
  readonly omitted?: Readonly<Partial<Record<'limits' | 'damage' | 'unknown' | 'map', number>>>
}

export interface ToolIdentity {
  readonly name: 'messlatte'
  readonly version: string
  /** SHA-256 (hex) over the manifests of all checks and formats. */
  readonly checksDigest: string
}

export interface CheckOptions {
  readonly profiles: readonly ProfileId[]
  readonly asOf: string
  readonly failOn: 'profile' | 'baseline' | 'open' | 'never'
  /** True when secrets were shown in clear (`--reveal`). */
  readonly revealed: boolean
  /** SHA-256 (hex) of the keys that the user trusts: of the SubjectPublicKeyInfo, or as the user stated it. */
  readonly trustedKeys: readonly string[]
  /** Documents about single units: file, SHA-256 (hex) of it, the unit, who took it and when. */
  readonly readouts: readonly Pick<FuseReadout, 'name' | 'sha256' | 'unit' | 'by' | 'on'>[]
}

/** All that one run of `messlatte check` found out. Reports and `--json` are written from this alone. */
export interface CheckResult {
  readonly tool: ToolIdentity
  readonly options: CheckOptions
  readonly product: ProductStatement
  readonly images: readonly ReleaseImage[]
  readonly unpacked: Unpacked
  /** By name and version. */
  readonly components: readonly Component[]
  /** By root file system and name. */
  readonly services: readonly Service[]
  /** What verifies what: each way in which the release can start, the best first; then its updates. */
  readonly chains: readonly BootChain[]
  /** How the release can be updated, by file system and client; none where none was recognised. */
  readonly mechanisms: readonly UpdateMechanism[]
  readonly evidence: readonly Evidence[]
  readonly assessment: Assessment
}
