import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, FormatErrorCode, Sink } from '../../contract.ts'
import { announced, jsonText, program, type StoredMember, showStored, showText, wrapped } from '../members.ts'
import { brokenBlock } from './chain.ts'
import { type Sb3Commands, Sb3Plain, sb3Commands } from './commands.ts'
import { MAGIC, parseSb3, type Sb3 } from './parse.ts'
import { sb3Cipher } from './plain.ts'
import { commandsText, contentName, summaryOf } from './summary.ts'

const SUMMARY = 'sb.json'
const COMMANDS = 'commands.json'
const BLOCKS = 'blocks'
/** What is told of commands that end early. */
const PROBLEMS: Readonly<
  Record<NonNullable<Sb3Commands['problem']>, { readonly code: FormatErrorCode; readonly message: string }>
> = {
  truncated: { code: 'truncated', message: 'the image ends within its commands' },
  content: { code: 'truncated', message: 'the image ends within its commands' },
  command: { code: 'structure', message: 'a command is none' },
  many: { code: 'unsupported', message: 'more commands than are listed' },
}

export const nxpSb3: ContainerFormat<null> = {
  kind: 'container',
  name: 'nxp-sb3',
  title: 'NXP secure binary 3.1 (update of LPC55S3x, MCX N, KW45, RW61x)',
  references: ['NXP, UM11126 and successors, "SB3.1 file"', 'spsdk 3.12.0, spsdk/sbfile/sb31'],
  limits: [
    'signatures are shown, not verified',
    'commands and contents are encrypted without their key (`--key`, the part common key)',
    'signatures of post-quantum schemes (version 4.0) are not taken',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = parseSb3(bytes, at)
    return file && { start: at, end: Math.min(file.end, bytes.size) }
  },

  *open(bytes, { start, end }, problem, keys) {
    const file = parseSb3(bytes, start) as Sb3
    const cipher = sb3Cipher(bytes, file, keys)
    const broken = brokenBlock(bytes, file)
    if (broken !== undefined) problem('checksum', 'a block is not the one of its hash', BLOCKS)
    const members = storedOf(bytes, file, cipher === undefined, problem)
    const listed = cipher && sb3Commands(new Sb3Plain(bytes, file, cipher), file)
    if (!cipher) problem('unsupported', 'it is encrypted', BLOCKS)
    if (listed) tellEnd(listed, problem)
    const contents = listed?.commands.filter(({ content }) => content).length ?? 0
    yield { cost: end - start, entries: members.length + contents + 2, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const file = parseSb3(bytes, start) as Sb3
    const cipher = sb3Cipher(bytes, file, sink.keys)
    showText(SUMMARY, jsonText(summaryOf(file)), sink)
    for (const member of storedOf(bytes, file, cipher === undefined, () => {})) showStored(member, sink)
    if (!cipher) return
    const plain = new Sb3Plain(bytes, file, cipher)
    const { commands } = sb3Commands(plain, file)
    showText(COMMANDS, jsonText(commandsText(commands)), sink)
    for (const [index, command] of commands.entries()) {
      const { content, name } = command
      if (!content) continue
      const path = contentName(command, index)
      const meta = name === 'load' && !content.packed ? program(path) : wrapped(path)
      sink.file(meta, content.length, (out) => plain.copy(content.at, out))
    }
  },
}

function tellEnd({ commands, problem: what }: Sb3Commands, problem: Sink['problem']): void {
  if (!what) return
  const { code, message } = PROBLEMS[what]
  problem(code, message, COMMANDS)
  const last = commands.at(-1)
  if (what === 'content' && last)
    problem('truncated', 'the image ends within this content', contentName(last, commands.length - 1))
}

function storedOf(
  bytes: Bytes,
  { signature, blocksAt, end }: Sb3,
  withBlocks: boolean,
  problem: Sink['problem'],
): readonly StoredMember[] {
  const blocks = { at: blocksAt, length: end - blocksAt }
  return [
    { meta: wrapped('signature'), content: signature },
    ...(withBlocks ? [announced(bytes, BLOCKS, blocks, problem)] : []),
  ]
}
