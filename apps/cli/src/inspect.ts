import type { InspectResult, RegionsResult, SandboxSettings } from '@messlatte/inspect'
import type { ReleaseImage } from '@messlatte/model'
import {
  type KeyMaterial,
  type Limits,
  type ListResult,
  type ListSettings,
  runInSandbox,
} from '@messlatte/unpack'
import { collectRelease } from './release/collect.ts'
import { INSPECTION, LISTING, type Sandbox, sandboxFiles } from './sandbox/files.ts'

export interface Inspection<Settings = SandboxSettings> {
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
  return run<InspectResult>(INSPECTION, paths, inspection)
}

/** What is inside of what was handed in, and what lies where. */
export async function listInside(
  paths: readonly string[],
  inspection: Omit<Inspection, 'settings'>,
): Promise<ListResult> {
  const settings: ListSettings = { kind: 'list' }
  return (await run<ListResult>(LISTING, paths, { ...inspection, settings })).found
}

/** Digests of what is inside of what was handed in. */
export async function lookAtRegions(
  paths: readonly string[],
  inspection: Omit<Inspection, 'settings'>,
  blocks: boolean,
): Promise<RegionsResult> {
  const settings: SandboxSettings = { kind: 'regions', blocks }
  return (await run<RegionsResult>(INSPECTION, paths, { ...inspection, settings })).found
}

async function run<Found extends { readonly digests: readonly string[] }>(
  sandbox: Sandbox,
  paths: readonly string[],
  { settings, limits, keys, onProgress }: Inspection<SandboxSettings | ListSettings>,
): Promise<ResultOf<Found>> {
  const release = collectRelease(paths)
  try {
    const found = (await runInSandbox({
      ...sandboxFiles(sandbox),
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
