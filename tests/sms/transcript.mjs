// transcript.mjs: prints what a resident texts and is answered, a conversation for each kind of
// round and for what goes wrong most often, through the real daemon and database. Every line ends
// with its number of segments. `node tests/sms/transcript.mjs`, after `make`.
process.env.WM_BUILD ??= 'build';
const { Provider } = await import('./provider.mjs');
const { Town } = await import('./town.mjs');

const WIDTH = 96;

// As handsets split texts: the extension table costs two, anything outside makes it UCS-2.
function segments(text) {
    const basic = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/u;
    const gsm = basic.test(text);
    const units = gsm ? [...text].reduce((n, c) => n + ('^{}\\[~]|€'.includes(c) ? 2 : 1), 0) : text.length;
    const [alone, part] = gsm ? [160, 153] : [70, 67];
    return units <= alone ? 1 : Math.ceil(units / part);
}

function wrap(text, indent) {
    const lines = [''];
    for (const word of text.split(' ')) {
        if (lines.at(-1).length + word.length + 1 > WIDTH - indent.length) lines.push('');
        lines[lines.length - 1] += (lines.at(-1) ? ' ' : '') + word;
    }
    return lines.join(`\n${indent}`);
}

function say(who, text) {
    console.log(`${who} ${wrap(`${text}  [${segments(text)}]`, '    ')}`);
}

const town = await Town.open();
const provider = await Provider.open();
let phones = 0;

// One phone's conversation. A turn is what it texts, or a function of the last answer.
async function talk(title, turns) {
    const me = `+447700900${String(++phones).padStart(3, '0')}`;
    let reply = null;
    console.log(`\n## ${title}\n`);
    for (const turn of turns) {
        const body = typeof turn === 'function' ? turn(reply) : turn;
        say('->', body);
        reply = await town.ask(me, body);
        if (reply === null) console.log('<- (no answer)');
        else say('<-', reply);
    }
}

const spaced = (code) => `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6, 9)} ${code.slice(9)}`;
const digits = (reply) => /reply (\d{5})/.exec(reply)[1];
const mistyped = (code) => spaced(code.slice(0, 5) + ((Number(code[5]) + 1) % 10) + code.slice(6));

try {
    await town.startSms(provider);
    const code = () => spaced(town.code());
    console.log('# What residents text, and what they are told\n');
    console.log('-> the resident, <- the council; in brackets the segments of each text.');

    let mine = code();
    await talk('Projects within the money (knapsack), by code', [
        'HELP', 'LIST Westfield', 'MORE', 'INFO 1275', `VOTE ${mine} 1275 1359`, `MY VOTE ${mine}`,
        `vote ${mine} 1275, 1359 and 1428 please`, `UNDO ${mine}`,
    ]);
    mine = code();
    await talk('A few projects (approval), by code', [`VOTE ${mine} 5011 5022`, `VOTE ${mine} 5011 5022 5033`]);
    mine = code();
    await talk('Points, by code', [`VOTE ${mine} 9001 9002`, `VOTE ${mine} 9001x3 9002=2`, `VOTE ${mine} 9001 4 9002 3`]);
    mine = code();
    await talk('An order (ranking), by code', [`VOTE ${mine} 8003 8001 8002`]);
    mine = code();
    await talk('A neighbourhood agreement (yes or no), by code', ['YES', `YES ${mine} 4017`, `NO ${mine} 4017`]);
    mine = code();
    await talk('Several votes in one text', [`VOTE ${mine} 1275 9001 3 8002 8001 5011`]);
    await talk('By mobile number, with postcode and age', [
        'VOTE 3012 3025', digits, (reply) => `${/reply (\d{5})/i.exec(reply)[1]} yo24 3bx`,
        'MY VOTE', 'UNDO', digits,
    ]);
    await talk('By mobile number: wrong digits', [
        'VOTE 3101', (reply) => String((Number(digits(reply)) + 1) % 100000).padStart(5, '0'), '00000', '99999',
    ]);
    mine = code();
    await talk('In Polish', [
        'LANG PL', 'POMOC', `VOTE ${mine} 1275 1359`, `VOTE ${mine} 1275 1580 1428`, `TAK ${mine} 4017`,
        `MY VOTE ${mine}`, `COFNIJ ${mine}`, 'WIADOMOŚCI', 'LANG EN',
    ]);
    await talk('Help with a project', ['OFFER', 'OFFER 1275 I can lend a van', 'AGREE']);
    await talk('After the vote', ['RESULT Westfield', 'RESULT 6001']);

    const good = town.code();
    mine = spaced(good);
    await talk('Mistake 1: a digit of the code is wrong, or the code is missing', [
        `VOTE ${mistyped(good)} 1275`, 'VOTE 1275 1359', `VOTE ${mine.slice(0, -1)} 1275`, `VOTE ${mine} 1275`,
    ]);
    mine = code();
    await talk('Mistake 2: a number that is not there, or is elsewhere', [
        `VOTE ${mine} 1275 1590`, `VOTE ${mine} 1275 2718`, `VOTE ${mine} 127`, `VTOE ${mine} 1️⃣2️⃣7️⃣5️⃣`,
    ]);
    mine = code();
    await talk('Mistake 3: too much, too late, or words', [
        `VOTE ${mine} 1275 1580 1428`, `VOTE ${mine} 6001`, `VOTE ${mine} not 1275`, 'I like the bench!',
    ]);
} finally {
    await town.close();
    await provider.close();
}
