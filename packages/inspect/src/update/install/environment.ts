import type { PartData, Text } from '@messlatte/model'
import type { Variable } from '../../secure-boot/u-boot/facts.ts'
import * as say from './say.ts'

/** A part that variables tell, at the one that decides. */
export interface EnvironmentPart {
  readonly part: PartData
  readonly statement: Text
  readonly variable: Variable
  readonly others: readonly Variable[]
}

const ACTIVE = /^(?:(?:active|boot|current|cur|next|running|selected)[-_]?(?:slot|bank|system|image|side))$/i
const SIDE = /^_?[ab01]$/i
/** A number would be that of a card reader as well. */
const SLOT = /^slot(?:[-_]?(?:suffix|name))?$/i
const LETTER = /^_?[ab]$/i
const RECOVERY = /(?:^|[^a-z])(?:recovery|rescue)(?:[^a-z]|$)/i
const STARTS =
  /^(?:bootcmd|altbootcmd|boot_?recovery|recovery_?boot|recovery_?cmd|bootcmd_\w*(?:recovery|rescue)\w*)$/i

/**
 * What the variables of a boot loader tell of what happens after an update. U-Boot documentation, Boot Count Limit; RAUC
 * documentation, Integration (U-Boot); Mender documentation, U-Boot integration.
 */
export function environmentParts(variables: readonly Variable[]): readonly EnvironmentPart[] {
  const find = (name: string) => variables.find((one) => one.name === name)
  return [
    ...bootCount(find('bootlimit'), find('altbootcmd'), find('upgrade_available')),
    ...raucSlots(find('BOOT_ORDER'), variables),
    ...menderSlots(find('mender_boot_part')),
    ...activeSlot(variables),
    ...recovery(variables),
  ]
}

function bootCount(
  limit: Variable | undefined,
  command: Variable | undefined,
  available: Variable | undefined,
): readonly EnvironmentPart[] {
  // U-Boot's default: 0 counts without an end.
  if (!limit || !/^\d{1,4}$/.test(limit.value) || Number(limit.value) === 0) return []
  const hasCommand = command !== undefined && command.value.trim() !== ''
  return [
    {
      part: { id: 'install', method: 'boot-count', names: [`bootlimit=${limit.value}`] },
      statement: say.bootCount(limit.value, hasCommand),
      variable: limit,
      others: [command, available].filter((one) => one !== undefined),
    },
  ]
}

function raucSlots(order: Variable | undefined, variables: readonly Variable[]): readonly EnvironmentPart[] {
  const names =
    order?.value
      .trim()
      .split(/\s+/)
      .filter((name) => /^[\w.-]{1,32}$/.test(name)) ?? []
  if (!order || names.length < 2) return []
  return [
    {
      part: { id: 'install', method: 'slots', names },
      statement: say.bootOrder(names),
      variable: order,
      others: variables.filter(({ name }) => /^BOOT_[\w.-]{1,32}_LEFT$/.test(name)),
    },
  ]
}

function menderSlots(part: Variable | undefined): readonly EnvironmentPart[] {
  if (!part || !/^\d{1,3}$/.test(part.value)) return []
  return [
    {
      part: { id: 'install', method: 'slots', names: [`mender_boot_part=${part.value}`] },
      statement: say.MENDER_PART,
      variable: part,
      others: [],
    },
  ]
}

function activeSlot(variables: readonly Variable[]): readonly EnvironmentPart[] {
  const variable = variables.find(
    ({ name, value }) =>
      (ACTIVE.test(name) && SIDE.test(value.trim())) || (SLOT.test(name) && LETTER.test(value.trim())),
  )
  if (!variable) return []
  const setting = `${variable.name}=${variable.value.trim()}`
  return [
    {
      part: { id: 'install', method: 'slots', names: [setting] },
      statement: say.activeSlot(setting),
      variable,
      others: [],
    },
  ]
}

function recovery(variables: readonly Variable[]): readonly EnvironmentPart[] {
  const variable = variables.find(
    ({ name, value }) =>
      STARTS.test(name) && (RECOVERY.test(value) || RECOVERY.test(name.replaceAll('_', ' '))),
  )
  if (!variable) return []
  return [
    {
      part: { id: 'install', method: 'recovery', names: [variable.name] },
      statement: say.recoveryCommand(variable.name),
      variable,
      others: [],
    },
  ]
}
