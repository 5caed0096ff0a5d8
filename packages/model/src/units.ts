import type { Assessment, ProvisionResult, RequirementResult } from './assessment.ts'
import type { Evidence } from './evidence.ts'
import type { CheckOptions, ProductStatement, ReleaseImage, ToolIdentity, Unpacked } from './release.ts'
import type { Text } from './text.ts'

/** Something public about a unit. */
export interface UnitIdentity {
  readonly kind: 'mac' | 'serial' | 'ssid' | 'other'
  /** Setting or column that it came from. */
  readonly name: string
  readonly value: string
  /** Nest path where it was found; null where the user stated it. */
  readonly path: string | null
}

/** A dump of one unit, as it was handed in. */
export interface UnitDump {
  /** How the report names it. */
  readonly name: string
  readonly images: readonly ReleaseImage[]
  readonly identity: readonly UnitIdentity[]
  /** Secrets that were found in it. */
  readonly secrets: number
  readonly unpacked: Pick<Unpacked, 'bytes' | 'files' | 'limits' | 'partial' | 'unknownBytes'>
}

export type SecretOutcome =
  /** The same in every unit that has it. */
  | 'equal'
  /** The same in some units. */
  | 'partly-equal'
  /** Different in each. */
  | 'differ'
  /** Hashes with salts of their own, or keys under passphrases: what is behind them may be the same. */
  | 'not-comparable'
  /** Found in one unit only. */
  | 'one-unit'

/** One secret of the model, as it is in each unit. */
export interface ComparedSecret {
  readonly kind: 'account' | 'credential' | 'private-key'
  readonly subject: string
  readonly opens: 'device' | 'network' | 'service' | 'ssh' | 'stored'
  readonly name: string
  readonly outcome: SecretOutcome
  /** Names of units that have it in common; each group has two or more. */
  readonly groups: readonly (readonly string[])[]
  readonly places: readonly {
    readonly unit: string
    readonly path: string
    /** Bytes from the start of the artefact. */
    readonly offset: number
    readonly length: number
    /** SHA-256 (hex) of the artefact. */
    readonly sha256: string
    readonly form: 'clear' | 'empty' | 'encrypted' | 'guessed' | 'hashed' | 'private-key'
    /** SHA-256 (hex) of the public half, SubjectPublicKeyInfo. */
    readonly publicSha256: string | null
  }[]
  /** Whether the release has it too; null where no release was handed in. */
  readonly inRelease: boolean | null
  /** Characters by position, rules, bits: where it stands in the clear, or a password was found. */
  readonly values: SecretValues | null
}

/** What the values of a secret tell together. Holds no character of them. */
export interface SecretValues {
  readonly compared: number
  readonly distinct: number
  readonly shortest: number
  readonly longest: number
  /** Id and size of the smallest usual set of characters that holds all. */
  readonly alphabet: string
  readonly alphabetSize: number
  readonly sharedAtStart: number
  readonly sharedAtEnd: number
  /** Different characters at each position; empty where the lengths differ. */
  readonly variety: readonly number[]
  /** The last of eight digits checks the others, as in a WPS PIN. */
  readonly checkDigit: boolean
  readonly bitsAtMost: number
  /** By NIST SP 800-90B, 6.3.1; null for fewer than 20 different values. */
  readonly bitsEstimated: number | null
  /** By how many pairs are equal; null where none are, or all. */
  readonly bitsByEqualPairs: number | null
  /** Names of public values with which they were compared. */
  readonly comparedWith: readonly string[]
  readonly rulesTried: number
  readonly relations: readonly {
    readonly rule: string
    readonly text: Text
    readonly follow: number
    readonly of: number
    readonly whole: boolean
    /** At most, as a power of ten: `10^-21`. */
    readonly chance: string
  }[]
  readonly regularities: readonly {
    readonly rule: string
    readonly text: Text
    readonly units: number
  }[]
}

/** A column of secrets of a table of labels. */
export interface LabelColumn {
  readonly name: string
  /** Units without a value in it. */
  readonly missing: number
  /** Lines of the file with the same value; each group has two or more. */
  readonly equalLines: readonly (readonly number[])[]
  readonly values: SecretValues
}

export interface LabelFile {
  readonly name: string
  /** SHA-256 (hex) of the table with its secrets left empty. */
  readonly sha256: string
  readonly units: number
  readonly publicColumns: readonly { readonly name: string; readonly kind: UnitIdentity['kind'] }[]
  readonly columns: readonly LabelColumn[]
}

/** How much of a unit's dump is that of the release. */
export interface UnitRegions {
  readonly unit: string
  /** Files with the same path and content, with other content, without a counterpart in the release. */
  readonly filesEqual: number
  readonly filesChanged: number
  readonly filesOnlyHere: number
  /** Regions of the dump's own files, in order. */
  readonly regions: readonly {
    readonly path: string
    readonly offset: number
    readonly length: number
    readonly format: string | null
    readonly state: 'equal' | 'only-here' | 'padding' | 'partly'
    /** Where an equal one lies in the release. */
    readonly counterpart: string | null
    /** Of 100, blocks of 4 KiB that the release has too, wherever they lie there. */
    readonly blocks: number | null
    /** Files in it, and how many of them the release has; null where it holds none. */
    readonly files: { readonly all: number; readonly equal: number } | null
  }[]
  /** Paths of changed files and of those that only the unit has; at most 200. */
  readonly changed: readonly string[]
  readonly onlyHere: readonly string[]
}

/** All that one run of `messlatte compare-units` found out. */
export interface UnitsResult {
  /** `checksDigest` is null where no dump was inspected. */
  readonly tool: Omit<ToolIdentity, 'checksDigest'> & { readonly checksDigest: string | null }
  readonly options: Pick<CheckOptions, 'asOf' | 'failOn' | 'profiles'>
  readonly product: ProductStatement
  readonly units: readonly UnitDump[]
  readonly release: {
    readonly images: readonly ReleaseImage[]
    readonly regions: readonly UnitRegions[]
  } | null
  readonly labels: LabelFile | null
  readonly secrets: readonly ComparedSecret[]
  readonly evidence: readonly Evidence[]
  /** Those that several units can say something about. */
  readonly provisions: readonly ProvisionResult[]
  /** Those of profiles to which one of these provisions leads. */
  readonly requirements: readonly RequirementResult[]
  readonly rules: Pick<Assessment, 'catalogue' | 'profiles'>
}
