import { enableCompileCache } from 'node:module'
import { COMMANDS, type CommandProgram } from './commands-alone.ts'
import { besideThis, loadProgram } from './program-file.ts'

const args = process.argv.slice(2)
const alone = COMMANDS.find(({ name }) => name === args[0])
if (alone) {
  await loadProgram<CommandProgram>(alone.file).program.run(args)
} else {
  // Where this folder may not be written, nothing is kept and nothing is lost but time.
  enableCompileCache(besideThis('compiled'))
  await import(new URL('./main.mjs', import.meta.url).href)
}
