import type { Component, ComponentPlace } from '@messlatte/model'
import type { Facts, Place } from '../contract.ts'
import type { PackageManager } from './facts.ts'
import { COMPONENT_RULES } from './programs/rules.ts'

/** Places of one component that are kept; a kernel has thousands of modules. */
const MOST_PLACES = 20
const MOST_NEEDS = 100

const RULES = new Map(COMPONENT_RULES.map((rule) => [rule.id, rule]))
const DISTRIBUTIONS: Readonly<Record<PackageManager, string>> = {
  dpkg: 'debian',
  opkg: 'openwrt',
  apk: 'alpine',
  yocto: 'yocto',
  buildroot: 'buildroot',
  spdx: '',
}
const PURL_TYPES: Readonly<Record<PackageManager, string>> = {
  dpkg: 'deb',
  opkg: 'opkg',
  apk: 'apk',
  yocto: 'generic',
  buildroot: 'generic',
  spdx: 'generic',
}

interface Growing {
  readonly component: Omit<Component, 'places' | 'needs'>
  readonly places: ComponentPlace[]
  readonly needs: Set<string>
}

/** What the release is made of, as far as it shows: by package databases, and by the bytes of the components themselves. */
export function componentTable(facts: Facts): readonly Component[] {
  const rows = new Map<string, Growing>()
  addPackages(facts, rows)
  addSeen(facts, rows)
  return [...rows.values()]
    .map(({ component, places, needs }) => ({ ...component, places, needs: [...needs].sort() }))
    .sort(
      (a, b) =>
        compare(a.name, b.name) || compare(a.version ?? '', b.version ?? '') || compare(a.source, b.source),
    )
}

function addPackages(facts: Facts, rows: Map<string, Growing>): void {
  const systems = facts.of('component.system')
  for (const { place, data } of facts.of('component.packages')) {
    const system = systems.find((one) => one.place.root === place.root)?.data.id
    for (const { name, version, architecture } of data.packages) {
      const component = {
        name,
        title: name,
        version,
        source: data.manager,
        purl: packageUrl(data.manager, system, name, version, architecture),
        cpe: null,
      }
      rowOf(rows, component).places.push(placed(place, 'package-database', `${name} ${version}`))
    }
  }
}

function addSeen(facts: Facts, rows: Map<string, Growing>): void {
  const seen = facts.of('component.seen')
  const versioned = new Set(
    seen
      .filter(({ data }) => data.version !== undefined)
      .map(({ place, data }) => `${place.root} ${data.id}`),
  )
  const linkage = new Map(facts.of('component.linkage').map(({ place, data }) => [place.path, data.needed]))
  for (const { place, data } of seen) {
    // Another file of the same system tells the version.
    if (data.version === undefined && versioned.has(`${place.root} ${data.id}`)) continue
    const rule = RULES.get(data.id)
    if (!rule) continue
    const version = data.version ?? null
    const row = rowOf(rows, {
      name: rule.id,
      title: rule.title,
      version,
      source: 'bytes',
      purl: version === null ? `pkg:generic/${rule.id}` : `pkg:generic/${rule.id}@${escapePart(version)}`,
      cpe: rule.cpe
        ? `cpe:2.3:a:${rule.cpe.join(':')}:${version === null ? '*' : cpePart(version)}:*:*:*:*:*:*:*`
        : null,
    })
    if (row.places.length < MOST_PLACES) row.places.push(placed(place, data.proof, data.text))
    for (const soname of linkage.get(place.path) ?? []) if (row.needs.size < MOST_NEEDS) row.needs.add(soname)
  }
}

function rowOf(rows: Map<string, Growing>, component: Growing['component']): Growing {
  const key = `${component.source} ${component.name} ${component.version ?? ''}`
  const known = rows.get(key)
  if (known) return known
  const row: Growing = { component, places: [], needs: new Set() }
  rows.set(key, row)
  return row
}

function placed(
  { path, offset, length, sha256 }: Place,
  proof: ComponentPlace['proof'],
  text: string,
): ComponentPlace {
  return { path, offset, length, sha256, proof, text }
}

/** Package URL, as its specification writes it: type, namespace, name, version, architecture. */
function packageUrl(
  manager: PackageManager,
  system: string | undefined,
  name: string,
  version: string,
  architecture: string | undefined,
): string {
  const isSystems = PURL_TYPES[manager] !== 'generic'
  const namespace = escapePart((isSystems ? system : undefined) ?? DISTRIBUTIONS[manager])
  const qualifiers = architecture === undefined ? '' : `?arch=${escapePart(architecture)}`
  return `pkg:${PURL_TYPES[manager]}/${namespace === '' ? '' : `${namespace}/`}${escapePart(name)}@${escapePart(version)}${qualifiers}`
}

function escapePart(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':')
}

function cpePart(version: string): string {
  return version.replaceAll(/[^A-Za-z0-9._]/g, (character) => `\\${character}`)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
