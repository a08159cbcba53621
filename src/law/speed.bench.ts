/** How many situations a second one core answers: `node src/law/speed.bench.ts`. The house asks for 20,000. */
import { loadLaw } from "#knowledge";
import { rightsFor, type Situation } from "#law";

const law = await loadLaw();
const situations = law.rules.flatMap(({ cases }) =>
  cases.map(({ situation }) => situation as unknown as Situation),
);
const run = (rounds: number) => {
  for (let round = 0; round < rounds; round++) for (const situation of situations) rightsFor(situation, law);
};
run(20);
const rounds = 200;
// Processor time, not the clock on the wall: other work on the machine must not count against one core.
const began = process.cpuUsage();
run(rounds);
const { user, system } = process.cpuUsage(began);
const seconds = (user + system) / 1e6;
const perSecond = Math.round((rounds * situations.length) / seconds);
process.stdout.write(`${perSecond} situations a second (${situations.length} different ones)\n`);
