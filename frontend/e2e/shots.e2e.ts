import { test } from 'vitest'
import { startBrowser, Visitor } from './browser'
test('shots', async () => {
  const browser = await startBrowser()
  const v = await (await Visitor.of(browser)).signIn(process.env.WHO ?? 's.varga')
  for (const [name, path] of JSON.parse(process.env.PAGES ?? '[]')) {
    await v.page.goto(path)
    await v.settle().catch(() => undefined)
    await v.page.waitForTimeout(700)
    const broken = await v.look(name)
    console.log(name, v.page.url(), JSON.stringify(broken, null, 1))
  }
  console.log(v.complaints)
  await browser.close()
}, 300000)
