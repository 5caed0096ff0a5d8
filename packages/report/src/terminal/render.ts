import type { CheckResult } from '@messlatte/model'
import { writeAsks } from './asks.ts'
import { writeChains } from './chain.ts'
import { writeClosing, writeLooked } from './closing.ts'
import { writeComponents } from './components.ts'
import { writeFailing, writeOthers } from './findings.ts'
import { writeHead } from './head.ts'
import { writeMechanisms } from './mechanisms.ts'
import { writePillars } from './pillars.ts'
import { writeRequirements } from './requirements.ts'
import { writeServices } from './services.ts'
import { Sheet, type TerminalOptions } from './sheet.ts'

/** The report for a terminal: what matters first, and as last line what is open. Ends with a newline. */
export function renderTerminal(result: CheckResult, options: TerminalOptions): string {
  const sheet = new Sheet(options)
  writeHead(sheet, result)
  writePillars(sheet, result)
  writeFailing(sheet, result)
  writeOthers(sheet, result)
  writeRequirements(sheet, result)
  writeChains(sheet, result)
  writeMechanisms(sheet, result)
  writeAsks(sheet, result)
  writeServices(sheet, result)
  writeComponents(sheet, result)
  writeLooked(sheet, result)
  writeClosing(sheet, result)
  return sheet.text()
}
