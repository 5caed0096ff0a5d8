/** A standard, specification or scheme as the maker lists it. */
export interface ListedStandard {
  readonly title: string
  readonly extent: 'whole' | 'part'
  /** Where the Union cites it as harmonised; null where it is not. */
  readonly citedIn: string | null
  /** Articles or requirements that the maker uses it for. */
  readonly about: string | null
}

/** What a document of the project folder is enclosed for, in the technical file. */
export type EnclosedFor =
  | 'photographs'
  | 'design'
  | 'vulnerability-handling'
  | 'production'
  | 'risk-assessment'
  | 'support-period'
  | 'test-reports'
  | 'declaration'

/** What declarations and technical files say and no firmware shows, as the maker states it; null is what nobody stated. */
export interface Papers {
  readonly maker: {
    readonly address: string | null
    readonly website: string | null
    readonly email: string | null
    /** Name and address of an authorised representative. */
    readonly representative: string | null
  }
  readonly product: {
    readonly type: string | null
    /** By which units are told apart: serial numbers, batches. */
    readonly identification: string | null
    readonly purpose: string | null
    readonly environment: string | null
    readonly functions: string | null
    readonly properties: string | null
    readonly risks: string | null
    readonly accessories: string | null
  }
  readonly support: {
    readonly kind: string | null
    /** Calendar day, ISO 8601. */
    readonly until: string | null
    readonly reasons: string | null
  }
  readonly vulnerabilities: {
    readonly contact: string | null
    readonly policy: string | null
    readonly times: string | null
    readonly distribution: string | null
    readonly components: string | null
  }
  readonly declaration: {
    readonly address: string | null
    readonly instructions: string | null
    readonly procedure: string | null
    readonly notifiedBody: string | null
    readonly certificate: string | null
    readonly standards: readonly ListedStandard[]
    readonly otherActs: readonly string[]
  }
  readonly signatory: {
    readonly name: string | null
    readonly role: string | null
    readonly place: string | null
  }
  /** Ids of documents of the project folder. */
  readonly enclosed: Readonly<Record<EnclosedFor, readonly string[]>>
}
