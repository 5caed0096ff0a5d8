/** Where the stored bytes of an image lie, counted from the start of the FIT. */
export type ImageData =
  | { readonly place: 'inline' | 'offset' | 'position'; readonly offset: number; readonly length: number }
  /** `missing`: the node names no data; `outside`: it names bytes behind the end of what there is. */
  | { readonly place: 'missing' | 'outside' }

export interface HashNode {
  readonly node: string
  /** As it stands there, printable; empty when there is none. */
  readonly algorithm: string
  /** Lower-case hex. */
  readonly value: string
  /** `uboot-ignore` is set: boot loaders skip it. */
  readonly ignored: boolean
}

/** A signature node of a configuration or an image. */
export interface SignatureNode {
  readonly node: string
  /** `sha256,rsa2048`; printable; empty when there is none. */
  readonly algorithm: string
  readonly padding: string
  readonly keyNameHint: string
  /** Base64. */
  readonly value: string
  /** Bytes from the start of the FIT to the value, and the length of it. */
  readonly offset: number
  readonly length: number
}

export interface FitImage {
  readonly name: string
  readonly type: string
  readonly os: string
  readonly data: ImageData
  readonly hashes: readonly HashNode[]
  readonly signatures: readonly SignatureNode[]
  /** The stored bytes are encrypted; hashes cover them as stored. */
  readonly encrypted: boolean
  readonly verity: boolean
}

/** What is hashed for a signature of a configuration. */
export type SignedMessage =
  /** Base64: nodes and property names as they stand in the tree. */
  { readonly base64: string } | { readonly problem: 'too-large' | 'strings-outside' }

export interface ConfigurationSignature extends SignatureNode {
  /** Over the nodes that the configuration itself leads to: what current U-Boot hashes. */
  readonly message: SignedMessage
  /** Over the nodes that `hashed-nodes` lists, where that differs: what old U-Boot hashed. */
  readonly listed: SignedMessage | undefined
  /** Nodes that the configuration leads to and `hashed-nodes` leaves out, and the other way round. */
  readonly leftOut: readonly string[]
  readonly added: readonly string[]
  /** False when the names of the properties are not hashed. */
  readonly namesHashed: boolean
}

export interface ImageReference {
  /** `kernel`, `fdt`, `ramdisk`, `loadables`, `firmware` … */
  readonly property: string
  readonly image: string
  readonly present: boolean
}

export interface Configuration {
  readonly name: string
  readonly isDefault: boolean
  readonly references: readonly ImageReference[]
  readonly signatures: readonly ConfigurationSignature[]
}

/** What is unusual in the tree and has misled boot loaders before. */
export interface Oddity {
  readonly what: 'unit-address' | 'name-twice' | 'property-twice' | 'odd-name' | 'data-overlaps'
  readonly node: string
}

export interface FitFact {
  readonly state: 'read'
  readonly images: readonly FitImage[]
  readonly configurations: readonly Configuration[]
  readonly oddities: readonly Oddity[]
  /** More images, configurations or signatures than are looked at. */
  readonly cut: boolean
}

/** Begins like a FIT and cannot be read. */
export interface BrokenFitFact {
  readonly state: 'broken'
  readonly signed: boolean
  readonly why: string
}

export interface ControlKey {
  /** `/signature/key-dev`. */
  readonly node: string
  readonly hint: string
  /** `conf`, `image`, or what else stands there; undefined when there is no such property. */
  readonly required: string | undefined
  /** `sha256,rsa2048`. */
  readonly algorithm: string
  /** Bytes from the start of the tree to the node, and the length of it. */
  readonly offset: number
  readonly length: number
  /** The key as SubjectPublicKeyInfo, DER, base64; undefined when it cannot be one. */
  readonly spki: string | undefined
  readonly spkiSha256: string | undefined
}

/** A device tree with `/signature`: what a boot loader verifies with. */
export interface ControlFact {
  readonly mode: 'all' | 'any'
  readonly keys: readonly ControlKey[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.fit': FitFact | BrokenFitFact
    'boot.control': ControlFact
  }
}
