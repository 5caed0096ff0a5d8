import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const PROGRAM = `${ROOT}/dist/messlatte.mjs`

export interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built command line, as `npx messlatte` does. */
export function messlatte(args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  const result = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  })
  return { code: result.status, out: result.stdout, err: result.stderr }
}

/** The parts of `--json` that tests look at; its full shape is the schema's matter. */
export interface ResultJson {
  readonly services: readonly { readonly command: string; readonly when: string }[]
  readonly chains: readonly {
    readonly verdict: string
    readonly summary: string
    readonly steps: readonly {
      readonly title: string
      readonly state: string
      readonly level: string | null
      readonly after: number | null
    }[]
    readonly hardware: readonly { readonly id: string; readonly answer: string | null }[]
  }[]
  readonly evidence: readonly {
    readonly id: string
    readonly kind: string
    readonly check: string
    readonly polarity: string
    readonly level?: string
    readonly path: string
    readonly offset: number
    readonly sha256: string
    readonly title: string
    readonly observation: Readonly<Record<string, unknown>>
    readonly overturnedBy?: string
    readonly provisions: readonly { readonly edition: string; readonly id: string }[]
  }[]
  readonly provisions: readonly {
    readonly id: string
    readonly baseline: { readonly verdict: string; readonly status: string }
    readonly profiles: Readonly<
      Record<string, { readonly verdict: string; readonly status: string; readonly sourceStatus: string }>
    >
  }[]
  readonly pillars: Readonly<Record<string, Readonly<Record<string, { readonly verdict: string }>>>>
  readonly images: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  readonly unpacked: {
    readonly files: number
    readonly bytes: number
    readonly unknownBytes: number
    readonly partial: boolean
    readonly limits: readonly { readonly limit: string; readonly path: string }[]
    readonly formats: Readonly<Record<string, number>>
  }
}

export function checkJson(args: readonly string[]): ResultJson {
  const { out, err, code } = messlatte(['check', '--fail-on', 'never', '--json', '-', ...args])
  if (code !== 0) throw new Error(`exit code ${code}: ${err}`)
  return JSON.parse(out) as ResultJson
}
