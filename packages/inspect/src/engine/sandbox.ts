import type { Worker } from 'node:worker_threads'
import type { LimitHit } from '@messlatte/model'
import {
  addTally,
  emptyTally,
  FORMATS,
  finishTally,
  type Mapper,
  type RunEnd,
  runChild,
  type ThreadOutput,
} from '@messlatte/unpack'
import { CHECKS } from '../checks.ts'
import { componentTable } from '../components/table.ts'
import type { AnswerData, Ask, Check, Facts, Settings } from '../contract.ts'
import { checksDigest } from '../identity.ts'
import { addKnownKeys } from '../known-keys/index.ts'
import { anchorsOf } from '../releases/anchors.ts'
import { secretsOf } from '../secrets/of-facts.ts'
import { chainTable } from '../secure-boot/chain/table.ts'
import { serviceTable } from '../services/boot/table.ts'
import { type TamperAnswered, type TamperResult, tamperMapper } from '../tamper/index.ts'
import { unitIdentityCheck } from '../units/identity/index.ts'
import { type RegionsOutput, regionsMapper } from '../units/regions/mapper.ts'
import { mechanismTable } from '../update/mechanism/table.ts'
import type { Question } from './answers/index.ts'
import { finishEvidence, redaction } from './evidence.ts'
import type { InspectResult, RegionsResult, SandboxSettings } from './jobs.ts'
import { createMapper, failedCheck, type MapOutput } from './mapper.ts'
import { reduce } from './reduce.ts'

type Output = MapOutput | RegionsOutput | true

/** The program of the sandbox's process and of its threads. @param workers those of its main thread */
export async function runSandboxProgram(workers: readonly Promise<Worker>[]): Promise<void> {
  await runChild<SandboxSettings, Output>(workers, {
    formats: FORMATS,
    createMapper(settings): Mapper<Output> {
      switch (settings.kind) {
        case 'inspect':
          if (settings.knownKeys) addKnownKeys(settings.knownKeys)
          return createMapper(checksFor(settings), checkSettings(settings))
        case 'regions':
          return regionsMapper(settings.blocks)
        case 'tamper':
          return tamperMapper(settings)
      }
    },
    async conclude(settings, outputs, end, ask) {
      switch (settings.kind) {
        case 'inspect':
          return concludeInspection(settings, outputs as readonly ThreadOutput<MapOutput>[], end, ask)
        case 'regions':
          return concludeRegions(outputs as readonly ThreadOutput<RegionsOutput>[], end)
        case 'tamper':
          return concludeTampering(outputs, end, ask)
      }
    },
  })
}

type InspectSettings = SandboxSettings & { kind: 'inspect' }

/** What is public about a unit is nobody's concern but a comparison's. */
function checksFor({ unit }: InspectSettings): readonly Check[] {
  return unit ? [...CHECKS, unitIdentityCheck] : CHECKS
}

function checkSettings(settings: InspectSettings): Settings {
  return {
    trusted: settings.trusted.map(({ name, spkiHex, certificateHex, sha256 }) => ({
      name,
      sha256,
      spki: Buffer.from(spkiHex, 'hex'),
      ...(certificateHex === undefined ? {} : { certificate: Buffer.from(certificateHex, 'hex') }),
    })),
    trustedDigests: settings.trustedDigests,
    readouts: settings.readouts,
    guesses: settings.guesses,
    productWords: settings.productWords,
    wordlist: settings.wordlist,
  }
}

async function concludeInspection(
  settings: InspectSettings,
  outputs: readonly ThreadOutput<MapOutput>[],
  end: RunEnd,
  ask: (worker: number, ask: unknown) => Promise<unknown>,
): Promise<InspectResult> {
  const threadOf = new Map<string, number>()
  for (const { thread, output } of outputs) for (const path of output.pinned) threadOf.set(path, thread)
  const answer = (question: Ask) => answerFrom(threadOf, ask, question)
  if (settings.knownKeys) addKnownKeys(settings.knownKeys)
  const facts = outputs.flatMap(({ output }) => output.facts)
  const { stated, failed, facts: view } = await reduce(CHECKS, facts, checkSettings(settings), answer)

  const shown = redaction(end.secretKey, settings.reveal)
  const hidden = redaction(end.secretKey, false)
  const checks = new Map(CHECKS.map((check) => [check.id, check]))
  const evidence = [...outputs.flatMap(({ output }) => output.evidence), ...stated].flatMap(
    ({ check, draft }) => {
      const manifest = checks.get(check)
      return manifest ? [finishEvidence(manifest, draft, shown, hidden)] : []
    },
  )
  const unique = new Map(evidence.map((one) => [one.id, one]))
  const limits: readonly LimitHit[] = [
    ...outputs.flatMap(({ output }) => output.limits),
    ...failed.map((check) => failedCheck(check, '')),
  ]
  const tally = emptyTally()
  addTally(tally, end.tally)
  addTally(tally, { ...emptyTally(), limits: [...limits] })
  return {
    kind: 'inspect',
    components: componentTable(view),
    services: serviceTable(view),
    chains: chainTable(view),
    mechanisms: mechanismTable(view),
    evidence: [...unique.values()].sort(
      (a, b) =>
        compare(a.path, b.path) || a.offset - b.offset || compare(a.kind, b.kind) || compare(a.id, b.id),
    ),
    unpacked: finishTally(tally),
    digests: end.digests,
    checksDigest: checksDigest(),
    ...(settings.anchors ? { anchors: anchorsOf(view) } : {}),
    ...(settings.unit ? { identity: identityOf(view) } : {}),
    ...(settings.secrets ? { secrets: secretsOf(view, settings.secrets, checkSettings(settings)) } : {}),
  }
}

/** Each value once, under the first name that it has. */
function identityOf(facts: Facts): InspectResult['identity'] {
  const once = new Map(
    facts
      .of('unit.identity')
      .toReversed()
      .map(({ place, data }) => [`${data.kind} ${data.name}`, { ...data, path: place.path }]),
  )
  return [...once.values()].reverse().slice(0, MOST_IDENTITY)
}

const MOST_IDENTITY = 32

/** Asks the thread that kept the bytes. A tree that another one kept is brought along. */
async function answerFrom(
  threadOf: ReadonlyMap<string, number>,
  put: (worker: number, question: Question) => Promise<unknown>,
  ask: Ask,
): Promise<AnswerData | undefined> {
  const thread = threadOf.get(ask.path)
  if (thread === undefined) return undefined
  const holder = ask.kind === 'hash-tree' && ask.tree ? threadOf.get(ask.tree.path) : undefined
  const tree =
    ask.kind === 'hash-tree' && holder !== undefined && holder !== thread
      ? ((await put(holder, { ask: { kind: 'tree-copy', ask } })) as SharedArrayBuffer | undefined)
      : undefined
  return (await put(thread, { ask, ...(tree ? { tree } : {}) })) as AnswerData | undefined
}

/** @throws Error for a fault of ours, which ends the process with its words */
async function concludeTampering(
  [holder]: readonly ThreadOutput<Output>[],
  { digests }: RunEnd,
  ask: (worker: number, ask: unknown) => Promise<unknown>,
): Promise<TamperResult> {
  const answer = holder && ((await ask(holder.thread, undefined)) as TamperAnswered | undefined)
  if (answer?.outcome === 'fault') throw new Error(answer.stack)
  return { kind: 'tamper', digests, outcome: answer ?? { outcome: 'cut' } }
}

function concludeRegions(outputs: readonly ThreadOutput<RegionsOutput>[], end: RunEnd): RegionsResult {
  const byPath = (a: { readonly path: string }, b: { readonly path: string }) => compare(a.path, b.path)
  return {
    kind: 'regions',
    files: outputs.flatMap(({ output }) => output.files).sort(byPath),
    regions: outputs.flatMap(({ output }) => output.regions).sort(byPath),
    unpacked: finishTally(end.tally),
    digests: end.digests,
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
