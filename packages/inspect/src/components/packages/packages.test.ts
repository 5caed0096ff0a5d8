import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { factsView } from '../../engine/reduce.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import type { PackageDatabase } from '../facts.ts'
import { componentTable } from '../table.ts'
import { packagesCheck } from './index.ts'

function factsOf(kind: string, only?: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  const artefacts = readdirSync(folder)
    .filter((name) => only === undefined || name === only)
    .map((name) => testArtefact(name.replaceAll('__', '/'), readFileSync(new URL(name, folder))))
  return runChecks([packagesCheck], artefacts).facts
}

function packagesIn(name: string): readonly string[] {
  return factsOf('positive', name)
    .filter(({ kind }) => kind === 'component.packages')
    .map(({ data }) => data as PackageDatabase)
    .flatMap(({ manager, packages }) =>
      packages.map((one) => `${manager} ${one.name} ${one.version} ${one.architecture}`),
    )
}

describe('components.packages', () => {
  it('reads what is installed, and not what was removed or is only wanted', () => {
    expect(packagesIn('var__lib__dpkg__status')).toEqual([
      'dpkg busybox 1:1.35.0-4+b3 armhf',
      'dpkg libc6 2.36-9+deb12u4 armhf',
    ])
    expect(packagesIn('usr__lib__opkg__status')).toEqual(['opkg dropbear 2022.82-2 mipsel_24kc'])
    expect(packagesIn('usr__lib__opkg__info__uhttpd.control')).toEqual([
      'opkg uhttpd 2023-06-25-34a8a74d-1 mipsel_24kc',
    ])
    expect(packagesIn('lib__apk__db__installed')).toEqual([
      'apk musl 1.2.3-r4 armv7',
      'apk busybox 1.35.0-r29 armv7',
    ])
  })

  it('reads what builds wrote down', () => {
    expect(packagesIn('core-image.manifest')).toEqual([
      'yocto base-files 3.0.14-r89 qemux86_64',
      'yocto busybox 1.35.0-r0 cortexa7t2hf-neon',
    ])
    expect(packagesIn('manifest.csv')).toEqual(['buildroot busybox 1.35.0 undefined'])
    expect(packagesIn('image.spdx.json')).toEqual(['spdx openssl 3.0.8 undefined'])
  })

  it('reads the name that a system gives itself', () => {
    expect(factsOf('positive', 'etc__os-release').map(({ data }) => data)).toEqual([
      { id: 'openwrt', version: '22.03.5' },
    ])
    expect(factsOf('positive', 'system__build.prop').map(({ data }) => data)).toEqual([
      { id: 'android', version: '11' },
    ])
  })

  it('makes package URLs with the name of the system', () => {
    const facts = factsOf('positive').filter(({ place }) => /opkg|os-release/.test(place.inner))
    expect(componentTable(factsView(facts)).map(({ purl }) => purl)).toEqual([
      'pkg:opkg/openwrt/dropbear@2022.82-2?arch=mipsel_24kc',
      'pkg:opkg/openwrt/uhttpd@2023-06-25-34a8a74d-1?arch=mipsel_24kc',
    ])
  })

  it('is silent about the rest', () => {
    expect(factsOf('negative')).toEqual([])
    expect(factsOf('near-miss')).toEqual([])
  })
})
