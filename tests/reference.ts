import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { messlatte } from './cli.ts'

// What the tests share that compare with the formats' own tools.

/** An entry of `messlatte unpack --list --json`. */
export interface Listed {
  readonly path: string
  readonly type: string
  readonly mode: number | null
  readonly size: number
  readonly target: string | null
  readonly sha256: string | null
}

const PATH = `${process.env.PATH}:/usr/sbin:/sbin`

/** Whether a program is installed, also one for administrators. */
export function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH } }).status === 0
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Runs commands of a shell in a folder; the first one that fails ends them. */
export function run(
  commands: string,
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): void {
  const env = { ...process.env, ...variables, PATH, LC_ALL: 'C.UTF-8' }
  execFileSync('sh', ['-e', '-c', commands], { cwd: folder, env, stdio: 'ignore' })
}

/** What is in an image; nothing of it may be damaged. */
export function listed(image: string, options: readonly string[] = []): readonly Listed[] {
  const { out, err, code } = messlatte(['unpack', '--list', '--json', ...options, image])
  expect(code, err).toBe(0)
  const { entries, unpacked } = JSON.parse(out) as {
    readonly entries: readonly Listed[]
    readonly unpacked: { readonly damage: readonly unknown[] }
  }
  expect(unpacked.damage).toEqual([])
  return entries
}
