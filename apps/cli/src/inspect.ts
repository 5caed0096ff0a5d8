import type { InspectResult, ListResult, RegionsResult, SandboxSettings } from '@messlatte/inspect'
import type { ReleaseImage } from '@messlatte/model'
import { type KeyMaterial, type Limits, runInSandbox } from '@messlatte/unpack'
import { collectRelease } from './release/collect.ts'
import { SANDBOX, SANDBOX_CODE } from './sandbox/files.ts'

export interface Inspection<Settings extends SandboxSettings = SandboxSettings> {
  readonly settings: Settings
  readonly limits: Limits
  readonly keys: readonly KeyMaterial[]
  readonly onProgress: (bytes: number) => void
}

type ResultOf<Found> = { readonly found: Found; readonly images: readonly ReleaseImage[] }

/** Opens what was handed in, and inspects it in the sandbox. */
export async function inspect(
  paths: readonly string[],
  inspection: Inspection<SandboxSettings & { kind: 'inspect' }>,
): Promise<ResultOf<InspectResult>> {
  return run<InspectResult>(paths, inspection)
}

/** What is inside of what was handed in, and what lies where. */
export async function listInside(
  paths: readonly string[],
  inspection: Omit<Inspection, 'settings'>,
): Promise<ListResult> {
  return (await run<ListResult>(paths, { ...inspection, settings: { kind: 'list' } })).found
}

/** Digests of what is inside of what was handed in. */
export async function lookAtRegions(
  paths: readonly string[],
  inspection: Omit<Inspection, 'settings'>,
  blocks: boolean,
): Promise<RegionsResult> {
  return (await run<RegionsResult>(paths, { ...inspection, settings: { kind: 'regions', blocks } })).found
}

async function run<Found extends { readonly digests: readonly string[] }>(
  paths: readonly string[],
  { settings, limits, keys, onProgress }: Inspection,
): Promise<ResultOf<Found>> {
  const release = collectRelease(paths)
  try {
    const found = (await runInSandbox({
      script: SANDBOX.script,
      code: SANDBOX_CODE,
      ...release,
      members: release.members,
      limits,
      keys,
      settings,
      onProgress,
    })) as Found
    return { found, images: release.images(found.digests) }
  } finally {
    release.close()
  }
}
