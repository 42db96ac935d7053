// held.mjs: a line for `make check-sms-faults`: what was tried and held; called after a row's checks.
export function held(row, what, tried) {
    console.log(`row ${row}: ${what}: ${tried} tried, ${tried} held`);
}
