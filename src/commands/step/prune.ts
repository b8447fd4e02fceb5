export { default } from '../prune.ts'
