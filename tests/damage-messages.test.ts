import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { damageMessages } from './damage-messages/index.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'messlatte-messages-')))
const folder = join(root, 'packages/unpack/src/formats/cow')

const COW = `
import { CowError, type Sink } from './contract.ts'

const KINDS = { a: 'of one kind', b: 'of another' }

export function read(sink: Sink, size: number, name: string): void {
  sink.problem('as it stands')
  sink.problem(\`\${size} bytes of \${name}\`)
  sink.problem(size > 3 ? 'if so' : 'if not')
  fail(sink, 'through a function')
  guard((why) => sink.problem(why + '; the rest is lost'))
  for (const one of wrong()) sink.problem(one)
  for (const one of sums()) sink.problem(\`the \${one} differs\`)
  sink.problem(\`a cow \${KINDS[name as 'a']}\`)
  const { trouble } = content(size)
  if (trouble) sink.problem(trouble)
  try {
    throw new CowError('thrown')
  } catch (error) {
    if (error instanceof CowError) sink.problem(\`inside: \${error.message}\`)
  }
  for (const note of new Herd(size > 5).notes) sink.problem(note)
  sink.problem(new Herd(true).last)
  for (const note of listed(size).later) sink.problem(note)
  for (const { message } of [broken(size)]) sink.problem(message)
  throw new Error('never told')
}

class Herd {
  readonly notes: string[]
  constructor(isLost: boolean) {
    this.notes = isLost ? [] : ['noted in a class']
  }
  get last(): string {
    return 'what a getter gives'
  }
}

function listed(size: number): { readonly later: readonly string[] } {
  const later: string[] = []
  later.push(\`added at \${size}\`)
  return { later }
}

function broken(size: number) {
  const message = size > 6 ? 'short for its property' : \`\${size} is short too\`
  return { message }
}

function fail({ problem }: Sink, what: string): void {
  problem(what)
}

function guard(tell: (text: string) => void): void {
  tell('through a callback')
}

function wrong(): string[] {
  const found: string[] = []
  found.push('out of a list')
  return found
}

function* sums() {
  yield 'first sum'
  yield 'last sum'
}

function content(size: number): { trouble: string | undefined } {
  let trouble: string | undefined
  if (size > 4) trouble = 'by way of a field'
  return { trouble }
}
`
const CONTRACT = `
export interface Sink {
  problem(message: string): void
}
export class CowError extends Error {
  constructor(message: string) {
    super(message)
  }
}
`

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  const options = { target: 'es2024', module: 'nodenext', strict: true, noEmit: true, types: [] }
  const config = { compilerOptions: { ...options, allowImportingTsExtensions: true }, include: ['packages'] }
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(config))
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'index.ts'), COW)
  writeFileSync(join(folder, 'contract.ts'), CONTRACT)
})
afterAll(() => rmSync(root, { recursive: true }))

it('follows messages to where they are written', () => {
  const said = damageMessages(root)
  expect(said.map(({ template }) => template)).toEqual([
    'a cow of another',
    'a cow of one kind',
    'added at {1}',
    'as it stands',
    'by way of a field',
    'if not',
    'if so',
    'inside: {message}',
    'noted in a class',
    'out of a list',
    'short for its property',
    'the first sum differs',
    'the last sum differs',
    'through a callback; the rest is lost',
    'through a function',
    'thrown',
    'what a getter gives',
    '{1} bytes of {name}',
    '{1} is short too',
  ])
  expect(said[3]?.at).toBe('packages/unpack/src/formats/cow/index.ts:7')
})
