import { baseName } from '../../services/boot/words.ts'
import type { Run } from '../../shell/script/evaluate.ts'
import {
  commandOf,
  type Fetch,
  fetchOf,
  isOfSoftware,
  keyOf,
  namesVerification,
  noticeOf,
  sums,
  Tainted,
  type Use,
  useOf,
  verifies,
} from './commands.ts'

export interface Verification {
  readonly run: Run
  /** `stops`: what is used depends on its outcome; `unknown`: that was not seen. */
  readonly gate: 'stops' | 'unknown'
  readonly key: string | undefined
  /** A tool that is known to look at signatures; else only its name says so. */
  readonly isKnown: boolean
}

export interface LinkedUse extends Use {
  /** Whether it uses what was fetched: it does, it may, or nothing was fetched. */
  readonly link: 'fetched' | 'maybe' | 'none'
}

/** What a script does in order to update something. */
export interface ScriptUpdate {
  readonly fetches: readonly Fetch[]
  readonly uses: readonly LinkedUse[]
  /** In front of the last use. */
  readonly verifications: readonly Verification[]
  readonly checksums: readonly Run[]
  /** Commands that tell somebody. */
  readonly notices: readonly Run[]
}

/**
 * What the commands of a script come to; undefined where they put nothing into place. Without uses it fetches what is
 * firmware by its name, and what puts that into place was not seen.
 */
export function updateOf(runs: readonly Run[]): ScriptUpdate | undefined {
  const tainted = new Tainted()
  const fetches: Fetch[] = []
  const uses: LinkedUse[] = []
  let last = -1
  runs.forEach((run, at) => {
    const fetch = fetchOf(run)
    if (fetch) {
      fetches.push(fetch)
      if (!fetch.companion) tainted.add(...fetch.targets)
    }
    const piped = pipedFrom(run, fetches)
    const use = useOf(run, tainted) ?? (piped ? pipedUse(run) : undefined)
    const link = use && linkOf(use, fetches, tainted, piped)
    if (use && link && (link === 'fetched' || use.client !== undefined || isOfSoftware(run))) {
      uses.push({ ...use, link })
      last = at
    }
    tainted.follow(run)
  })
  if (uses.length === 0 && !fetches.some(isFirmware)) return undefined
  const before = uses.length === 0 ? runs : runs.slice(0, last)
  return {
    fetches: once(fetches),
    uses: strongest(uses),
    verifications: onceRuns(before.filter((run) => verifies(run) || isNamed(run))).map((run) => ({
      run,
      gate: gates(run, uses) ? 'stops' : 'unknown',
      key: keyOf(run),
      isKnown: verifies(run),
    })),
    checksums: onceRuns(before.filter(sums)),
    notices: onceRuns(runs.filter((run) => noticeOf(run) !== undefined)),
  }
}

const FIRMWARE =
  /(?:^|[_.-])(?:firmware|fw|rootfs|sysupgrade)[\w.-]*\.(?:bin|img|zip|tar|tgz|gz|itb|ubi|squashfs|pkg|rom)$|\.(?:trx|chk|swu|raucb|mender)$/i

function isFirmware({ url, targets }: Fetch): boolean {
  return [url, ...targets].some((one) => FIRMWARE.test(baseName(one)))
}

function isNamed(run: Run): boolean {
  return namesVerification(baseName(commandOf(run)[0] ?? ''))
}

function linkOf(use: Use, fetches: readonly Fetch[], tainted: Tainted, piped: boolean): LinkedUse['link'] {
  if (use.what === 'run' || use.what === 'unpacked' || piped || tainted.holds(use.run)) return 'fetched'
  if (fetches.every(({ companion }) => companion)) return 'none'
  return tainted.mayHold(use.run) ? 'maybe' : 'none'
}

/** Whether something fetched comes through the pipe. */
function pipedFrom({ pipe }: Run, fetches: readonly Fetch[]): boolean {
  return (
    pipe !== undefined && fetches.some(({ run }) => run.pipe?.id === pipe.id && run.pipe.stage < pipe.stage)
  )
}

/** A shell that gets what it runs through a pipe. */
function pipedUse(run: Run): Use | undefined {
  const [program = '', ...args] = run.words
  const isShell = /^(?:.*\/)?(?:ba|da|a)?sh$/.test(program) && args.every((word) => word.startsWith('-'))
  return isShell ? { run, what: 'piped-to-shell' } : undefined
}

/** Whether every use depends on the outcome of a command: by a test, or because the script ends with it. */
function gates(run: Run, uses: readonly LinkedUse[]): boolean {
  const texts = [run.text, ...run.calls]
  return uses.every(
    (use) =>
      run.isFatal ||
      use.run.conditions.some(
        (condition) => texts.some((text) => asksFor(condition, text)) || /\$\?/.test(condition),
      ),
  )
}

/** Conditions are cut: a long command stands in one by its beginning. Behind a `!` it is asked for the contrary. */
function asksFor(condition: string, text: string): boolean {
  const start = text.slice(0, 100)
  const at = condition.indexOf(start)
  return at >= 0 && !condition.slice(0, at).endsWith('! ')
}

/** One use at a place: that which uses what was fetched says more than one with an argument from elsewhere. */
function strongest(uses: readonly LinkedUse[]): readonly LinkedUse[] {
  const order = { none: 0, maybe: 1, fetched: 2 } as const
  const sorted = uses.toSorted((a, b) => order[a.link] - order[b.link])
  const best = new Map(sorted.map((use) => [`${use.run.file}\n${use.run.offset}`, use]))
  return uses.filter((use) => best.get(`${use.run.file}\n${use.run.offset}`) === use)
}

function once<T extends { readonly run: Run }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [keyOfRun(one.run), one])).values()]
}

function onceRuns(runs: readonly Run[]): readonly Run[] {
  return [...new Map(runs.map((run) => [keyOfRun(run), run])).values()]
}

function keyOfRun({ file, offset, words }: Run): string {
  return `${file}\n${offset}\n${words.join(' ')}`
}
