import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const copy = realpathSync(mkdtempSync(join(tmpdir(), 'messlatte-how-to-')))

/** A copy of the working tree that shares what is installed, but not the links to the project's own packages. */
function makeCopy(): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  for (const file of listed.toString('utf8').split('\0').filter(Boolean)) {
    if (file.startsWith('examples/') || !existsSync(join(root, file))) continue
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  mkdirSync(join(copy, 'node_modules/@messlatte'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@messlatte' || name === 'messlatte') continue
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  }
  for (const name of readdirSync(join(copy, 'packages'))) {
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules/@messlatte', name))
  }
  symlinkSync(join(copy, 'apps/cli'), join(copy, 'node_modules/messlatte'))
}

type Step = { readonly run: string } | { readonly write: string; readonly content: string }

function stepsOf(page: string): readonly Step[] {
  const text = readFileSync(join(copy, 'docs', page), 'utf8')
  return [...text.matchAll(/^```(sh|ts) ?(.*)\n([\s\S]*?)^```$/gm)].flatMap(
    ([, language, path, body]): Step[] =>
      language === 'ts'
        ? [{ write: path as string, content: body as string }]
        : (body as string)
            .trim()
            .split('\n')
            .map((run) => ({ run })),
  )
}

function run(line: string): { status: number | null; output: string } {
  const env = { ...process.env, VITEST: undefined, NODE_OPTIONS: undefined, npm_config_loglevel: 'silent' }
  const result = spawnSync('sh', ['-c', line], { cwd: copy, env, encoding: 'utf8' })
  return { status: result.status, output: stripVTControlCharacters(result.stdout + result.stderr) }
}

function follow(page: string): void {
  const steps = stepsOf(page)
  expect(steps.length).toBeGreaterThan(3)
  const last = steps.at(-1) as { run: string }
  for (const [index, step] of steps.entries()) {
    if ('write' in step) {
      // Before the reader is written, the tests of a new folder must fail.
      expect(run(last.run).status, `${last.run}, before ${step.write}`).not.toBe(0)
      writeFileSync(join(copy, step.write), step.content)
      continue
    }
    const { status, output } = run(step.run)
    expect(status, `${step.run} (step ${index + 1} of ${page}):\n${output}`).toBe(0)
    if (index === steps.length - 1) expect(output).toMatch(/Tests\s+\S*\s*3 passed/)
  }
}

describe('the how-tos, word for word', () => {
  beforeAll(makeCopy)
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it('add a format', () => follow('add-a-format.md'))

  it('add a check', () => follow('add-a-check.md'))

  it('leave sources that the type check and the linter accept', () => {
    const tools = [
      [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
      [
        join(root, 'node_modules/@biomejs/biome/bin/biome'),
        'lint',
        'packages/unpack/src/formats/cow',
        'packages/inspect/src/credentials/master-code',
      ],
    ]
    for (const tool of tools) {
      const result = spawnSync(process.execPath, tool, { cwd: copy, encoding: 'utf8' })
      expect(result.status, result.stdout + result.stderr).toBe(0)
    }
  })
})
