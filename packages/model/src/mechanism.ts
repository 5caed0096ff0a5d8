import type { Confidence, Polarity } from './evidence.ts'
import type { Text } from './text.ts'

/** Which part of an update mechanism a statement is about. */
export type PartId = PartData['id']

/** What one part of an update mechanism is, in words that stay the same in every language. Null is: not told by what was seen. */
export type PartData =
  /** The program or script that updates. */
  | {
      readonly id: 'agent'
      readonly version: string | null
      /** As a path of the system itself; null where only its configuration is there. */
      readonly program: string | null
      readonly started: 'boot' | 'condition' | 'schedule' | 'request' | 'unknown'
    }
  /** Where updates come from. */
  | {
      readonly id: 'source'
      /** `remote`: over a network that reaches further than the home; `local`: file, USB, serial line, page, app. */
      readonly way: 'remote' | 'local'
      /** `https`, `http`, `ftp`, `tftp`, `mqtt`, `coap`, `usb`, `web-page`, `app`, `recovery` … */
      readonly protocol: string
      /** Address, broker or topic as far as it is known; `$NAME` stands for what is not. */
      readonly address: string | null
    }
  /** Whether the device looks at who it fetches from. `none`: the protocol has no such thing. */
  | {
      readonly id: 'transport'
      readonly checks: 'pinned' | 'bundle' | 'skipped' | 'none' | 'unknown'
      /** Path of the certificates that it is checked with. */
      readonly authorities: string | null
    }
  /** Whether the device looks at who made what it installs. */
  | {
      readonly id: 'packageCheck'
      /** `always`: cannot be switched off; `required`, `off`: as configured; `checksum`: only that nothing broke on the way. */
      readonly checks: 'always' | 'required' | 'checksum' | 'off' | 'unknown'
      /** Path of the key or ring that it is checked with. */
      readonly key: string | null
    }
  /** A key that updates are verified with. */
  | {
      readonly id: 'anchor'
      /** `RSA-2048`, `ECDSA P-256`, `Ed25519`; null where it is not read. */
      readonly algorithm: string | null
      /** SHA-256 (hex) of the SubjectPublicKeyInfo. */
      readonly fingerprint: string | null
      /** `agreed`, `legacy`, `below`, `insecure`, `unknown`: as a catalogue of mechanisms says. */
      readonly strength: 'agreed' | 'legacy' | 'below' | 'insecure' | 'unknown'
      /** It was published with its private half. */
      readonly everybody: boolean
      /** Its private half lies in the release. */
      readonly leaked: boolean
    }
  /** What happens when an update is written, and when that fails. */
  | {
      readonly id: 'install'
      readonly method: 'slots' | 'recovery' | 'in-place' | 'boot-count' | 'redundant-environment' | 'watchdog'
      /** Slots, partitions or counters by their names. */
      readonly names: readonly string[]
    }
  /** Whether an older version is refused. */
  | {
      readonly id: 'rollback'
      readonly checks: 'refused' | 'allowed' | 'unknown'
      /** The setting or counter that decides, and what stands there. */
      readonly setting: string | null
      readonly value: string | null
    }
  /** Whether it looks for updates by itself, and whether that is on from the start. */
  | {
      readonly id: 'automatic'
      readonly by: 'timer' | 'cron' | 'daemon' | 'boot' | 'setting'
      readonly byDefault: 'on' | 'off' | 'unknown'
      /** As it is written: `OnCalendar=daily`, `20 3 * * *`, `1800 s`. */
      readonly interval: string | null
      /** What it does by itself: look, fetch, or install as well. */
      readonly does: 'checks' | 'downloads' | 'installs' | 'unknown'
    }
  /** How people get to know of an update. */
  | {
      readonly id: 'notification'
      readonly channel: 'web-page' | 'app' | 'mail' | 'message' | 'display' | 'login' | 'log'
      /** What it can tell. */
      readonly tells: 'available' | 'risk' | 'disruption' | 'result' | 'unknown'
    }
  /** What it can replace, of what is in the release. */
  | {
      readonly id: 'reach'
      /** `bootloader`, `kernel`, `root-file-system`, `application`, `coprocessor` …: a stage of the chain of boot. */
      readonly stage: string
      readonly reaches: 'yes' | 'no' | 'unknown'
      /** Device, slot or image name. */
      readonly target: string | null
    }

/** How a part was found. */
export type PartSource =
  | 'configuration'
  | 'script'
  | 'program'
  | 'package-record'
  | 'key-file'
  | 'boot-loader'
  | 'device-tree'
  | 'partition-table'

/** A part of an update mechanism, with its place. */
export type MechanismPart = PartData & {
  /** One sentence, true by itself. */
  readonly statement: Text
  /** What it says about the product, as the evidence at the same place. */
  readonly polarity: Polarity
  readonly confidence: Confidence
  readonly how: PartSource
  /** Nest path of the artefact. */
  readonly path: string
  /** Bytes from the start of the artefact. */
  readonly offset: number
  readonly length: number
  /** From 1; null in what has no lines. */
  readonly line: number | null
  /** Kind of the evidence that stands at the same place. */
  readonly evidence: string
}

/** All that was found of one way to update, in one system. */
export interface UpdateMechanism {
  /** Stable: `rauc`, `script:/usr/sbin/fw_update`; `device` holds what belongs to no client alone. */
  readonly client: string
  readonly title: Text
  /** Nest path of the file system, or of the image, that it is part of. */
  readonly root: string
  /** In the order of the parts, then of their places. */
  readonly parts: readonly MechanismPart[]
  /** Parts of which nothing was found, and what would have to be answered. */
  readonly open: readonly { readonly id: PartId; readonly question: Text }[]
}
