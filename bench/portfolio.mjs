import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { distributor } from '../tests/portfolio/distributor.mjs'
import { demand, MESSLATTE, measure, NODE, option, work } from './lib.mjs'

// Plans a distributor's file: node bench/portfolio.mjs [--rows 60000]
demand({})
const rows = Number(option('rows', 60_000))
const file = join(work, 'distributor.csv')
const { csv } = distributor(rows)
writeFileSync(file, csv)
for (const form of ['json', 'csv', 'xlsx', 'html']) {
  const out = join(work, `plan.${form}`)
  const args = [MESSLATTE, 'plan', file, '--as-of', '2026-11-28', '--quiet', `--${form}`, out]
  const { seconds, memory } = measure(NODE, args)
  process.stdout.write(`${rows} rows to ${form}: ${seconds.toFixed(1)} s, ${Math.round(memory)} MiB\n`)
}
