import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import { type ContainerFormat, FormatError, type FormatErrorCode, type Sink } from '../../contract.ts'
import {
  announced,
  hashStretch,
  jsonText,
  program,
  type StoredMember,
  showStored,
  showText,
  wrapped,
} from '../members.ts'
import { nxpCertificateMembers } from '../nxp-certificates.ts'
import { type Sb2Command, type Sb2Commands, sb2Commands, sb2LoadCrc } from './commands.ts'
import { decipherSb2, type Sb2Keys, sb2Keys } from './keys.ts'
import { MAGIC, MAGIC_AT, parseSb2, type Sb2 } from './parse.ts'
import { commandsText, loadName, summaryOf } from './summary.ts'

const SUMMARY = 'sb.json'
const COMMANDS = 'commands.json'
const SECTIONS = 'sections'
/** What is told of commands that end early. */
const PROBLEMS: Readonly<
  Record<NonNullable<Sb2Commands['problem']>, { readonly code: FormatErrorCode; readonly message: string }>
> = {
  truncated: { code: 'truncated', message: 'the image ends within its commands' },
  content: { code: 'truncated', message: 'the image ends within its commands' },
  mac: { code: 'checksum', message: 'the HMAC of a section differs' },
  command: { code: 'structure', message: 'a command is none' },
  many: { code: 'unsupported', message: 'more commands than are listed' },
}

export const nxpSb2: ContainerFormat<null> = {
  kind: 'container',
  name: 'nxp-sb2',
  title: 'NXP secure binary 2.1 (update of LPC55, i.MX RT500 and RT600)',
  references: ['NXP, "Secure Binary" (MCU boot utilities)', 'spsdk 3.12.0, spsdk/sbfile/sb2'],
  limits: [
    'signatures are shown, not verified',
    'commands and contents are encrypted without their key (`--key`, the SBKEK)',
    'version 2.0, which no later tool makes, is not taken',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const file = parseSb2(bytes, at)
    return file && { start: at, end: Math.min(file.end, bytes.size) }
  },

  *open(bytes, { start, end }, problem, given) {
    const file = parseSb2(bytes, start) as Sb2
    const keys = sb2Keys(bytes, file, given)
    tellDigest(bytes, file, problem)
    const members = storedOf(bytes, file, keys === undefined, problem)
    const listed = keys && sb2Commands(bytes, start, file, keys)
    if (!keys) problem('unsupported', 'it is encrypted', SECTIONS)
    if (listed) tellEnd(listed, problem)
    const loads = listed?.commands.filter(({ content }) => content).length ?? 0
    yield { cost: end - start, entries: members.length + loads + 2, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const file = parseSb2(bytes, start) as Sb2
    const keys = sb2Keys(bytes, file, sink.keys)
    showText(SUMMARY, jsonText(summaryOf(file)), sink)
    for (const member of storedOf(bytes, file, keys === undefined, () => {})) showStored(member, sink)
    if (!keys) return
    const { commands } = sb2Commands(bytes, start, file, keys)
    showText(COMMANDS, jsonText(commandsText(commands)), sink)
    showLoads(bytes, { start, nonce: file.nonce, keys }, commands, sink)
  },
}

function tellEnd({ commands, problem: what }: Sb2Commands, problem: Sink['problem']): void {
  if (!what) return
  const { code, message } = PROBLEMS[what]
  problem(code, message, COMMANDS)
  const last = commands.at(-1)
  if (what === 'content' && last)
    problem('truncated', 'the image ends within this content', loadName(last.address, commands.length - 1))
}

function tellDigest(bytes: Bytes, { digest, sectionsAt, end }: Sb2, problem: Sink['problem']): void {
  if (!digest || end > bytes.size) return
  const made = hashStretch(createHash('sha256'), bytes, sectionsAt, end - sectionsAt).digest()
  if (!made.equals(bytes.view(digest.at, digest.length)))
    problem('checksum', 'the SHA-256 of the sections differs', SECTIONS)
}

function storedOf(
  bytes: Bytes,
  { certificates, signature, sectionsAt, end }: Sb2,
  withSections: boolean,
  problem: Sink['problem'],
): readonly StoredMember[] {
  const sections = { at: sectionsAt, length: end - sectionsAt }
  return [
    ...nxpCertificateMembers(certificates),
    { meta: wrapped('signature'), content: signature },
    ...(withSections ? [announced(bytes, SECTIONS, sections, problem)] : []),
  ]
}

function showLoads(
  bytes: Bytes,
  cipher: { readonly start: number; readonly nonce: Uint8Array; readonly keys: Sb2Keys },
  commands: readonly Sb2Command[],
  sink: Sink,
): void {
  for (const [index, { content, address, count, data }] of commands.entries()) {
    if (!content) continue
    sink.file(program(loadName(address, index)), content.length, (out) => {
      decipherSb2(bytes, cipher, content.at, out)
      if (out.length === count && sb2LoadCrc(out) !== data)
        throw new FormatError('checksum', 'the CRC of the content differs')
    })
  }
}
