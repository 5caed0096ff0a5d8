import type { Bytes } from '@messlatte/bytes'
import type {
  CaseRef,
  Confidence,
  InputClass,
  Json,
  Polarity,
  ProvisionRef,
  SignatureLevel,
  Text,
} from '@messlatte/model'
import type { EntryType } from '@messlatte/unpack'

/** What a check sees: a file, link or directory of a container, a recognised region, or a stretch that no format claims. */
export interface Artefact {
  /** Nest path: `fw.bin@0x40:squashfs/etc/shadow`. */
  readonly path: string
  /** Nest path of the container that holds it (`fw.bin@0x40:squashfs`), or the release's directory; facts with one root belong together. */
  readonly root: string
  /** Path below `root`, without a leading slash: `etc/shadow`; empty for a region. */
  readonly inner: string
  /** Last part of `inner`. */
  readonly name: string
  readonly type: EntryType | 'region' | 'unknown'
  /** Permission bits; undefined where what it lies in holds no rights, as the owners. */
  readonly mode: number | undefined
  readonly uid: number | undefined
  readonly gid: number | undefined
  /** Target of a link, escaped like a nest path. */
  readonly target: string | undefined
  /** Extended attributes: name (byte string) to value (hex); undefined where there are none. */
  readonly xattrs: Readonly<Record<string, string>> | undefined
  /** Name of the format that it was recognised as (`elf`, `fdt`, `fit`, `uimage`, `squashfs` …). */
  readonly format: string | undefined
  /** The content; empty for links, directories and devices. */
  readonly bytes: Bytes
  /** SHA-256 (hex) of the content; computed once, when somebody asks. */
  sha256(): string
  /** The first MAX_TEXT bytes as a byte string (one character per byte); computed once. */
  text(): string
  /** Where this check's literals stand in the content, in order of offset; at most 10,000. */
  readonly hits: readonly Hit[]
}

export const MAX_TEXT = 4 * 1024 * 1024

export interface Hit {
  readonly literal: string
  /** Bytes from the start of the artefact. */
  readonly offset: number
}

/** Which artefacts a check looks at: those that fit any of these. */
export interface Selector {
  /** Tested on `inner` (or on `name` of a top-level file); anchored by the check itself. No backtracking traps. */
  readonly paths?: readonly RegExp[]
  /** Format names; regions and files of that format. */
  readonly formats?: readonly string[]
  /** Names of extended attributes; every artefact that has one of them. */
  readonly xattrs?: readonly string[]
  /** True: every artefact in which one of the check's literals stands. */
  readonly literals?: boolean
  /** True: stretches that no format claims, and whole files of the release that no format recognises. */
  readonly unrecognised?: boolean
}

/**
 * What leaves the map phase beside evidence: small, plain data for the reduce phase. Each check declares the kinds
 * that it gives, by adding them here: `declare module '../../contract.ts' { interface FactMap { 'kind': Data } }`.
 */
export interface FactMap {
  /** Answer to an ask for digests: lower-case hex by algorithm. */
  'answer.digest': { readonly ask: string; readonly digests: Readonly<Record<string, string>> }
  /** Answer to an ask for a hash tree; without one where the range lies outside, or the run's budget is used up. */
  'answer.hash-tree': { readonly ask: string; readonly tree?: TreeAnswer }
  /** Answer to an ask for bytes; without them for the same reasons. */
  'answer.bytes': { readonly ask: string; readonly base64?: string }
  /** Answer to an ask for guesses; without one where the hash is none that is computed here. */
  'answer.guess': { readonly ask: string; readonly guess?: GuessAnswer }
}

export type FactKind = keyof FactMap

/** Where something was seen. */
export interface Place {
  readonly path: string
  readonly root: string
  readonly inner: string
  /** Bytes from the start of the artefact. */
  readonly offset: number
  readonly length: number
  /** SHA-256 (hex) of the artefact. */
  readonly sha256: string
}

export interface Fact<Kind extends FactKind = FactKind> {
  readonly kind: Kind
  readonly place: Place
  readonly data: FactMap[Kind]
}

/** A secret inside an observation. The frame shows it by the design's rule; nobody else prints it. */
export interface Secret {
  readonly $secret: { readonly kind: 'password' | 'key' | 'token'; readonly value: string }
}

export type Observation = Json | Secret | readonly Observation[] | { readonly [key: string]: Observation }

/** Evidence as a check states it; the frame adds id, check and version, and takes the secrets out. */
export interface EvidenceDraft {
  readonly kind: string
  readonly polarity: Polarity
  readonly level?: SignatureLevel
  readonly provisions: readonly ProvisionRef[]
  readonly cases: readonly CaseRef[]
  readonly place: Place
  /** Never holds a secret. */
  readonly title: Text
  /** Repeatable by a laboratory; plain data. */
  readonly observation: Observation
  readonly confidence: Confidence
  /** Demanded of everything that is against. */
  readonly overturnedBy?: Text
}

/**
 * What a check may ask for in the reduce phase, of artefacts that were pinned in the map phase (`pin`). A thread that kept
 * the bytes answers, and the answer is a fact of the next round. Same questions are answered once; all of it is counted
 * against the run's budget of bytes.
 */
export type Ask = DigestAsk | HashTreeAsk | BytesAsk | GuessAsk

/** Digests of a range; answered as an `answer.digest` fact. */
export interface DigestAsk {
  readonly kind?: undefined
  /** Chosen by the check, unique within it; comes back in the answer. */
  readonly id: string
  /** Nest path of the region or file in which the range lies. It must have been pinned by the check (`pin`). */
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly algorithms: readonly DigestAlgorithm[]
  /** Bytes (base64) that are hashed before and after the range; 128 KiB at most. */
  readonly before?: string
  readonly after?: string
}

/** A few bytes; answered as an `answer.bytes` fact. */
export interface BytesAsk {
  readonly kind: 'bytes'
  readonly id: string
  readonly path: string
  readonly offset: number
  /** MAX_ASKED_BYTES at most. */
  readonly length: number
}

export const MAX_ASKED_BYTES = 64 * 1024

/** Passwords to try on a hash of the artefact, when only the whole release tells which; answered as an `answer.guess` fact. */
export interface GuessAsk {
  readonly kind: 'guess'
  readonly id: string
  readonly path: string
  /** Where the hash stands. */
  readonly offset: number
  readonly length: number
  /** Byte string, as crypt(3) takes it. */
  readonly hash: string
  /** Most likely first. */
  readonly passwords: readonly string[]
  /** Work that may be spent on it, in tries of md5crypt. */
  readonly work: number
}

export interface GuessAnswer {
  readonly tried: number
  readonly found?: string
}

/** A hash tree, as dm-verity and fs-verity have it, computed again; answered as an `answer.hash-tree` fact. */
export interface HashTreeAsk {
  readonly kind: 'hash-tree'
  readonly id: string
  /** The data: a range of the artefact at this nest path. A last block that is not whole is filled with zeros. */
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly algorithm: TreeAlgorithm
  /** Bytes: powers of two from 512 to 64 KiB. */
  readonly dataBlock: number
  readonly hashBlock: number
  /** Hex. fs-verity's is filled to the block of the digest first. */
  readonly salt: string
  /** 1: the salt in front, each digest padded to a power of two. 0 (first dm-verity, ChromeOS): the salt behind, digests packed. */
  readonly hashType: 0 | 1
  /** Where the stored tree begins, with its root's block, in a pinned artefact: compared digest by digest. */
  readonly tree?: { readonly path: string; readonly offset: number }
}

export type TreeAlgorithm =
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'

export interface TreeAnswer {
  /** Hex, of the data as it is; of one block only, its digest. */
  readonly root: string
  readonly dataBlocks: number
  readonly treeBlocks: number
  /** Data blocks that are not what the stored leaves tell, and the first of them. Only where the stored tree is at hand. */
  readonly data?: { readonly differing: number; readonly first?: number }
  /** The root of the stored tree, and its blocks that are not what their parents tell. Level 0 has the leaves. */
  readonly tree?: {
    readonly root: string
    readonly differing: number
    readonly first?: { readonly level: number; readonly block: number }
  }
}

/** What a thread answers; base64 for bytes. */
export type AnswerData = Readonly<Record<string, string>> | TreeAnswer | GuessAnswer | string

export type DigestAlgorithm = 'crc32' | 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** A public key that the user trusts (`--trust`). */
export interface TrustedKey {
  readonly name: string
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** DER of the certificate, where the user named one. */
  readonly certificate?: Uint8Array
  /** SHA-256 (hex) of it. */
  readonly sha256: string
}

export interface Settings {
  readonly trusted: readonly TrustedKey[]
  /** SHA-256 (lower-case hex) of keys that the user trusts, as fuses or key tables hold them (`--trust DIGEST`). */
  readonly trustedDigests: readonly string[]
  /**
   * Work that one check may spend on guessing passwords in one artefact, in tries of md5crypt; `passwords/` says what each
   * kind costs.
   */
  readonly guesses: number
  /** Words that the user stated about the product, for password guesses. */
  readonly productWords: readonly string[]
  /** The user's own passwords to try, behind all others; each once, at most 72 bytes of UTF-8. */
  readonly wordlist?: readonly string[]
}

export interface MapOut {
  evidence(draft: EvidenceDraft): void
  fact<Kind extends FactKind>(kind: Kind, place: Place, data: FactMap[Kind]): void
  /** Keeps the artefact's bytes reachable for asks. */
  pin(artefact: Artefact): void
  limit(limit: 'guesses' | 'bytes', place: Place, text: Text): void
}

export interface ReduceOut {
  evidence(draft: EvidenceDraft): void
  /** Of a kind that the check `gives`; seen in the same round by checks that need the kind. */
  fact<Kind extends FactKind>(kind: Kind, place: Place, data: FactMap[Kind]): void
  ask(ask: Ask): void
}

/** Facts of one kind, sorted by path and offset: the same order on every run. */
export interface Facts {
  of<Kind extends FactKind>(kind: Kind): readonly Fact<Kind>[]
}

export interface Check {
  /** `subject.name`, stable: `credentials.accounts`. */
  readonly id: string
  /** Raised with every change of what it reports. */
  readonly version: number
  readonly title: Text
  readonly provisions: readonly ProvisionRef[]
  readonly cases: readonly CaseRef[]
  readonly input: readonly InputClass[]
  readonly canShow: Text
  readonly cannotShow: Text
  /** Kinds of evidence that it states, all of them in the catalogue of kinds. */
  readonly states: readonly string[]
  readonly wants: Selector
  /** Byte strings of at least four characters; all checks' literals go into one scan. */
  readonly literals?: readonly string[]
  /** Kinds of facts of other checks that `conclude` reads: it runs after whatever gives them. */
  readonly needs?: readonly FactKind[]
  /** Kinds of facts that it states, in `look` or in `conclude`. */
  readonly gives?: readonly FactKind[]
  /** Map: sees one artefact, in a worker, in no particular order; keeps no state. */
  look?(artefact: Artefact, out: MapOut, settings: Settings): void
  /**
   * Reduce: sees the facts of the whole release. It is run again with the answers when it asks (at most three rounds);
   * only what the last round says counts.
   */
  conclude?(facts: Facts, out: ReduceOut, settings: Settings): void
}
