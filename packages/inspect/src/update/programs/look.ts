import { BytesError } from '@messlatte/bytes'
import { dynamicSymbols, type Elf, encodePath, FormatError, parseElf } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { firmwareAddresses } from '../addresses.ts'
import { type Call, callsOf } from './calls/index.ts'
import type { UpdatingProgram } from './facts.ts'
import { FETCHES, INSTALLERS, SWITCHES, type SwitchOff, VERIFIES, WRITES } from './signs.ts'

/** Programs that are told of as clients themselves, and tools that do one of the two things for whoever calls them. */
const OTHERS =
  /^(?:rauc|rauc-service|rauc-hawkbit-updater|swupdate\S*|mender\S*|opkg\S*|apk|apt\S*|fwupd\S*|ostree|busybox|toybox|openssl|curl|wget|uclient-fetch)$/
const RELOCATABLE = 1
const MOST_SYMBOLS = 20_000
const KNOWN: ReadonlySet<string> = new Set([
  ...FETCHES,
  ...VERIFIES,
  ...INSTALLERS.flatMap(({ functions }) => functions),
  ...SWITCHES.map((one) => one.function),
])

/** Map: ELF programs that are linked against what fetches, and name what writes the system. */
export function lookAtProgram(artefact: Artefact, out: MapOut): void {
  const { format, type, name, inner } = artefact
  if (format !== 'elf' || type !== 'file' || artefact.hits.length === 0 || OTHERS.test(name)) return
  const elf = elfOf(artefact)
  if (!elf || elf.type === RELOCATABLE) return
  const imported = importsOf(elf)
  const text = artefact.text()
  const hands = INSTALLERS.flatMap(({ title, functions, texts }) => {
    const by = functions.find((one) => imported.has(one))
    const word = texts.find((one) => text.includes(one))
    if (by !== undefined) return [{ to: title, by, imported: true }]
    return word === undefined ? [] : [{ to: title, by: word, imported: false }]
  })
  const fetches = FETCHES.filter((one) => imported.has(one))
  const writes = fetches.length === 0 ? [] : writesIn(text)
  if (hands.length === 0 && writes.length === 0) return
  const fact: UpdatingProgram = {
    program: `/${encodePath(inner)}`,
    hands,
    fetches,
    writes,
    verifies: VERIFIES.filter((one) => imported.has(one)),
    switches: fetches.length === 0 ? [] : switchesIn(elf, imported),
    addresses: firmwareAddresses(text),
  }
  out.fact('update.elf-program', placeOf(artefact), fact)
}

function elfOf({ bytes }: Artefact): Elf | undefined {
  try {
    return parseElf(bytes)
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return undefined
    throw error
  }
}

function importsOf(elf: Elf): ReadonlySet<string> {
  const found = new Set<string>()
  let count = 0
  for (const { name, section } of dynamicSymbols(elf)) {
    if (section === 0 && KNOWN.has(name)) found.add(name)
    if (++count === MOST_SYMBOLS) break
  }
  return found
}

/** Words of their own: `sysupgrade` in `/sbin/sysupgrade -n`, not in `syssysupgraded`. */
function writesIn(text: string): UpdatingProgram['writes'] {
  return WRITES.flatMap((word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const isWord = !/\w/.test(text[at - 1] ?? '') && !/[a-z]/.test(text[at + word.length] ?? '')
      if (isWord || word.startsWith('of=')) return [{ text: word, offset: at }]
    }
    return []
  })
}

function switchesIn(elf: Elf, imported: ReadonlySet<string>): UpdatingProgram['switches'] {
  const wanted = new Set(SWITCHES.map((one) => one.function).filter((name) => imported.has(name)))
  if (wanted.size === 0) return []
  const calls = callsOf(elf, wanted)
  return calls.flatMap((call) => {
    const found = SWITCHES.find((one) => isCall(call, one, [...one.constants]))
    if (!found) return []
    const [last] = [...found.constants.keys()].slice(-1)
    const others = [...found.constants].filter(([argument]) => argument !== last)
    const decided = calls.some(
      (other) =>
        isCall(other, found, others) &&
        last !== undefined &&
        found.on.includes(other.constants.get(last) ?? -1),
    )
    return [{ text: found.text, offset: call.offset, ambiguous: found.ambiguous, decided }]
  })
}

function isCall(
  call: Call,
  { function: name }: SwitchOff,
  constants: readonly (readonly [number, number])[],
): boolean {
  return call.name === name && constants.every(([argument, value]) => call.constants.get(argument) === value)
}
