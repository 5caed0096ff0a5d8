import type { Confidence, PartData, PartSource, Polarity, Text, UpdateMechanism } from '@messlatte/model'
import type { Observation } from '../../contract.ts'

/** The way of updating that a part belongs to. */
export interface Client {
  /** Stable: `rauc`, `script:/usr/sbin/fw_update`, `esp-https-ota`. Parts of one file system (or image) with one id are joined. */
  readonly id: string
  /** `RAUC`, `/usr/sbin/fw_update`. */
  readonly title: Text
}

/**
 * What a check found of one part of an update mechanism. The fact's place is where it stands; the join makes a line of the
 * report of it, and evidence where the check states none itself.
 */
export interface PartFact {
  readonly part: PartData
  /** Undefined: of the device as a whole (a watchdog, a boot counter, slots of a boot loader). */
  readonly client: Client | undefined
  /** Nest path of the system that the client belongs to, where the part itself lies elsewhere. */
  readonly system?: string
  /** One sentence, true by itself, without the place. */
  readonly statement: Text
  readonly polarity: Polarity
  readonly confidence: Confidence
  readonly how: PartSource
  /** From 1; left out in what has no lines. */
  readonly line?: number
  /** Kind of the evidence that this check states at the same place; left out, the join states `update.part.…` there. */
  readonly evidence?: string
  /** For that evidence, in addition to what the part itself says; a public command as `repeat`. */
  readonly observation?: Readonly<Record<string, Observation>>
  /** Demanded of what is against and has no evidence of its own. */
  readonly overturnedBy?: Text
}

/** Something that would have to be updated, and starts no programs of its own: where nothing is found for it, that is said. */
export interface SystemFact {
  /** `ESP-IDF application sample`, printable. */
  readonly title: Text
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.part': PartFact
    'update.system': SystemFact
    'update.mechanism': UpdateMechanism
  }
}
