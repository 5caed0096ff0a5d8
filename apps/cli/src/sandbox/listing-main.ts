export { runListing as run } from '@messlatte/unpack'
