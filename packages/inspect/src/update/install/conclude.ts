import type { Text } from '@messlatte/model'
import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import { followBoots } from '../../services/boot/graph.ts'
import { giveNeutral } from '../mechanism/give.ts'
import { giveClientInstall } from './clients.ts'
import { environmentParts } from './environment.ts'
import * as say from './say.ts'
import { pairsOf, recoveryOf } from './slots.ts'

const MOST_PROGRAMS = 5
const MOST_LAYOUTS = 8

/** Reduce: what names of partitions, variables and the files of the boot tell of how an update is installed. */
export function concludeInstall(facts: Facts, out: ReduceOut): void {
  for (const client of facts.of('update.client')) giveClientInstall(client, out)
  giveEnvironments(facts, out)
  giveLayouts(facts, out)
  giveWatchdogs(facts, out)
  giveRollback(facts, out)
}

function giveEnvironments(facts: Facts, out: ReduceOut): void {
  const all = [
    ...facts.of('boot.u-boot.environment').map(({ place, data }) => ({ place, environment: data })),
    ...facts
      .of('boot.u-boot')
      .flatMap(({ place, data }) => (data.environment ? [{ place, environment: data.environment }] : [])),
  ]
  for (const { place, environment } of all) {
    for (const { part, statement, variable, others } of environmentParts(environment.ofUpdates)) {
      giveNeutral(
        out,
        { ...place, offset: variable.offset, length: variable.length },
        {
          part,
          statement,
          confidence: say.VARIABLES,
          how: 'boot-loader',
          observation: {
            variables: [variable, ...others].map(({ name, value }) => `${name}=${value}`),
            repeat: `fw_printenv ${variable.name}, or strings FILE | grep ${variable.name}=`,
          },
        },
      )
    }
  }
}

interface Names {
  readonly place: Place
  readonly names: readonly string[]
  readonly where: Text
  readonly how: 'partition-table' | 'device-tree'
  readonly repeat: string
}

function giveLayouts(facts: Facts, out: ReduceOut): void {
  const told = new Set<string>()
  for (const { place, names, where, how, repeat } of [...disks(facts), ...layouts(facts)]) {
    const [pairs, recovery] = [pairsOf(names), recoveryOf(names)]
    // The same table stands in the trees of many boards.
    const key = JSON.stringify([pairs, recovery])
    if (told.has(key) || told.size >= MOST_LAYOUTS) continue
    told.add(key)
    const rest = { confidence: say.NAMES, how, observation: { partitions: [...names], repeat } }
    if (pairs.length > 0)
      giveNeutral(out, place, {
        part: { id: 'install', method: 'slots', names: pairs.flatMap((pair) => pair.names) },
        statement: say.pairs(
          pairs.map((pair) => pair.of),
          where,
        ),
        ...rest,
      })
    if (recovery.length > 0)
      giveNeutral(out, place, {
        part: { id: 'install', method: 'recovery', names: recovery },
        statement: say.recoveryPartition(recovery, where),
        ...rest,
      })
  }
}

function disks(facts: Facts): readonly Names[] {
  return facts.of('update.disk').map(({ place, data }) => ({
    place,
    names: data.names,
    where: say.DISK,
    how: 'partition-table',
    repeat: 'sfdisk --dump IMAGE',
  }))
}

function layouts(facts: Facts): readonly Names[] {
  return facts.of('scope.flash-layout').flatMap(({ place, data }) =>
    data.layouts.map(
      ({ partitions }): Names => ({
        place,
        names: partitions.map(({ name }) => name),
        ...(data.source === 'device-tree'
          ? { where: say.FLASH_TREE, how: 'device-tree', repeat: 'dtc -I dtb FILE' }
          : { where: say.FLASH_LINE, how: 'partition-table', repeat: 'strings FILE | grep mtdparts=' }),
      }),
    ),
  )
}

/** The best that is told: what runs a watchdog, else what could. */
function giveWatchdogs(facts: Facts, out: ReduceOut): void {
  let served = false
  for (const { services } of followBoots(facts)) {
    for (const { name, words, place, conditions } of services) {
      if (!/^watchdogd?$/.test(name) || !place) continue
      served = true
      const command = words.join(' ')
      giveNeutral(out, place, {
        part: { id: 'install', method: 'watchdog', names: [name] },
        statement: say.startedWatchdog(command),
        confidence: say.STARTED,
        how: 'script',
        observation: { command, conditions: [...conditions], repeat: `grep -rn ${name} /etc` },
      })
    }
  }
  const programs = served ? [] : facts.of('update.watchdog.program')
  for (const { place, data } of programs.slice(0, MOST_PROGRAMS)) {
    giveNeutral(out, place, {
      part: { id: 'install', method: 'watchdog', names: [data.program] },
      statement: say.namedWatchdog(data.program),
      confidence: say.NAMED,
      how: 'program',
      observation: { repeat: `strings -t d ${data.program} | grep /dev/watchdog` },
    })
  }
  const trees = facts.of('update.watchdog.node')
  giveTree(trees, 'watchdog', (node) => say.treeWatchdog(node), out)
  giveTree(facts.of('update.barebox-state'), 'boot-count', () => say.BAREBOX_STATE, out)
}

function giveTree(
  trees: readonly Fact<'update.watchdog.node' | 'update.barebox-state'>[],
  method: 'watchdog' | 'boot-count',
  statement: (node: string) => Text,
  out: ReduceOut,
): void {
  const [first] = trees
  if (!first) return
  const { place, data } = first
  giveNeutral(out, place, {
    part: { id: 'install', method, names: [data.node] },
    statement: statement(data.node),
    confidence: say.TREE,
    how: 'device-tree',
    observation: { deviceTrees: trees.length, repeat: `fdtget TREE ${data.node} compatible` },
  })
}

function giveRollback(facts: Facts, out: ReduceOut): void {
  for (const { place, data } of facts.of('boot.avb.vbmeta')) {
    if (data.state !== 'read' || data.rollbackIndex === '0') continue
    giveNeutral(out, place, {
      part: {
        id: 'rollback',
        checks: 'unknown',
        setting: `rollback index ${data.rollbackIndexLocation}`,
        value: data.rollbackIndex,
      },
      statement: say.avbIndex(data.rollbackIndex, data.rollbackIndexLocation),
      confidence: say.IN_METADATA,
      how: 'partition-table',
      observation: { repeat: 'avbtool info_image --image VBMETA' },
    })
  }
}
