import { readFileSync, writeFileSync } from 'node:fs'

// Makes brand-owner.csv: a made-up brand owner with 140 white-label products of 11 suppliers, two batches each.
// Run: node tests/portfolio/make.mjs (from the root); then python3 tests/portfolio/oracle.py

const SUPPLIERS = [
  'Nordlicht Funkmodule GmbH',
  'Shenzhen Greenhill IoT',
  'Taunus Embedded AG',
  'Hanoi Smart Devices',
  'Alpenblick Elektronik KG',
  'Ningbo Brightlink',
  'Oder Systems Sp. z o.o.',
  'Formosa Gateway Works',
  'Elbtal Sensorik GmbH',
  'Pune Connect Labs',
  'Rhône Objets SA',
]
const truth = JSON.parse(readFileSync('examples/truth.json', 'utf8')).releases
const digestOf = (release) => truth[release].images[0].sha256
const SEEN = [digestOf('router-as-found'), digestOf('router-done-right'), digestOf('sensor-with-verity')]

/** 24 modules; the first three are the example releases, the last two name no firmware at all. */
const MODULES = Array.from({ length: 24 }, (_, k) => ({
  supplier: SUPPLIERS[k % SUPPLIERS.length],
  name: `M-${String(k + 1).padStart(2, '0')}`,
  version: k < 22 ? `${1 + (k % 3)}.${k}.0` : '',
  sha256: k < 3 ? SEEN[k] : '',
}))

const HEAD = [
  'Artikelnummer',
  'EAN',
  'Marke',
  'Produktbezeichnung',
  'Modell',
  'Hardware',
  'Enthält Firmware',
  'Modul',
  'Lieferant',
  'Firmware-Version',
  'Firmware-SHA-256',
  'Aktualisierbar',
  'Funkanlage',
  'Am Internet',
  'Rolle',
  'Markt',
  'Vorgang',
  'Geplant am',
  'Erfolgt am',
  'In Verkehr gebracht am',
  'Nachweis',
  'Charge',
  'Menge',
  'Bescheinigung',
  'Art der Bescheinigung',
  'Bescheinigung gültig bis',
  'Sicherheitsaktualisierungen bis',
  'Ausschreibung oder Vertrag',
  'Liefertermin',
  'Bemerkung',
]

const EARLY = [
  { actual: '05.10.2026', proof: 'Lieferschein' },
  { actual: '02.11.2026' },
  { planned: '15.12.2026' },
  { planned: '01.01.2027' },
  { planned: '10.11.2026' },
  { actual: '30.07.2025', proof: 'Zollanmeldung' },
]
const LATE = [
  { planned: '02.01.2027' },
  { planned: '15.02.2027' },
  { planned: '10.10.2027' },
  { planned: '01.12.2027' },
  { planned: '11.12.2027' },
  { planned: '2027-01-01T23:30:00Z' },
  { kind: 'Bereitstellung', planned: '20.01.2027', placed: '12.03.2026', proof: 'Rechnung' },
  { kind: 'Bereitstellung', planned: '20.01.2027', placed: '12.03.2026' },
  { kind: 'Bereitstellung', planned: '20.01.2027' },
]
const KINDS = ['Türsprechstelle', 'Router', 'Steckdose', 'Kamera', 'Thermostat', 'Rauchmelder', 'Waage']

function gtin(number) {
  const twelve = `9501101${String(number).padStart(5, '0')}`
  const sum = [...twelve].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0)
  return `${twelve}${(10 - (sum % 10)) % 10}`
}

const rows = [HEAD]
for (let i = 1; i <= 140; i++) {
  const none = i % 35 === 0
  const modules = none ? [] : [MODULES[(i * 7) % 24], ...(i % 10 === 0 ? [MODULES[(i * 5 + 1) % 24]] : [])]
  const list = (of) => modules.map(of).join('|')
  const market = i % 13 === 0 ? 'GB' : i % 9 === 0 ? 'FR' : 'DE'
  for (const [batch, how] of [
    ['A', EARLY[i % EARLY.length]],
    ['B', LATE[i % LATE.length]],
  ]) {
    rows.push([
      `BH-${String(i).padStart(4, '0')}`,
      gtin(i),
      i % 4 === 0 ? 'Feldrain' : 'Haus & Hof',
      `${KINDS[i % 7]} „${i}“`,
      `T${i}`,
      `Rev ${1 + (i % 2)}`,
      none ? 'nein' : '',
      list(({ name }) => name),
      list(({ supplier }) => supplier),
      list(({ version }) => version),
      list(({ sha256 }) => sha256),
      i % 17 === 0 ? 'nein' : '',
      i % 5 === 0 ? 'nein' : 'ja',
      'ja',
      how.kind === 'Bereitstellung' ? 'Händler' : i % 6 === 0 ? 'Einführer' : 'Markeninhaber',
      market,
      how.kind ?? '',
      how.planned ?? '',
      how.actual ?? '',
      how.placed ?? '',
      how.proof ? `${how.proof} ${i}.pdf` : '',
      `L${i}${batch}`,
      String(1000 + i * 10),
      i % 8 === 0 ? `TE-${i}` : '',
      i % 8 === 0 ? (i % 16 === 0 ? 'Kennzeichen' : 'Baumusterprüfung') : '',
      i % 8 === 0 ? '31.01.2027' : '',
      i % 11 === 0 ? '31.12.2026' : '',
      i % 12 === 0 ? `AU-${1 + (i % 5)}` : '',
      i % 12 === 0 ? '01.03.2027' : '',
      '',
    ])
  }
}
const cell = (text) => (/[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
writeFileSync(
  'tests/portfolio/brand-owner.csv',
  `${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`,
)
