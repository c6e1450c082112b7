// The stand-in's part for answers: functions, facts, responses, messages, releases, the mandate, questions. It keeps the
// rules that a screen has to show (not one's own, live facts alone, exact words), and none of the real server's others.

import { createHash, randomUUID } from "node:crypto";

const HOUR = 3_600_000;

/** The routes, with a small board of an invented mission. It is lent the stand-in's clock, record and people. */
export function loopRoutes({ now, iso, record, tell, ok, refuse, users, story, page }) {
  const [garde, analyste] = users;
  const person = ({ id, display }) => ({ id, display });
  const sha = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex");
  const functions = [
    { id: "chief-communications", name: "Chef de la communication", component: "civilian", holders: [person(garde)], mine: true },
    { id: "chief-of-staff", name: "Chef d’état-major", component: "military", holders: [person(analyste)], mine: true },
    { id: "legal", name: "Affaires juridiques", component: "civilian", holders: [person(analyste)], mine: false },
  ];
  const [facts, responses, messages, releases, questions] = [new Map(), new Map(), new Map(), new Map(), new Map()];
  const numbers = {};
  const code = (letter) => `${letter}-26-${String((numbers[letter] = (numbers[letter] ?? 0) + 1)).padStart(4, "0")}`;
  const changed = (kind, id) => tell("desk", { seq: record(`${kind}.changed`, "human:u1", `${kind}:${id}`), changed: [{ kind, id }] });
  const conflict = (id, message, hint) => refuse(422, id, message, hint);

  const stateOf = (fact) => fact.withdrawn ? "withdrawn" : !fact.approved ? "draft" : Date.parse(fact.valid_from) > now() ? "early" : Date.parse(fact.valid_until) < now() ? "expired" : "live";
  const factView = (fact, me) => ({ ...fact, state: stateOf(fact), hash: sha(fact.statements), may_approve: !fact.approved && !fact.withdrawn && fact.by.id !== me.id && me.may.includes("message.clear") });
  function addFact(by, statements, source, hours, more = {}) {
    const fact = { id: more.id ?? randomUUID(), code: code("F"), at: iso(now()), by: person(by), statements, source, valid_from: more.valid_from ?? iso(now()), valid_until: iso(now() + hours * HOUR), approved: more.approved ?? null, withdrawn: null, replaces: more.replaces ?? null, request: null };
    facts.set(fact.id, fact);
    return fact;
  }

  const wholeOf = (text) => text.sentences.map((one) => one.text).join(" ");
  const hashOf = (texts) => sha(texts.map(({ lang, form, sentences }) => [lang, form, sentences]));
  const langsOf = (message) => [...new Set(message.texts.map((text) => text.lang))];
  const ofLang = (message, lang) => hashOf(message.texts.filter((text) => text.lang === lang));
  const isVerified = (message, lang) => message.verified.some((one) => one.lang === lang && one.hash === ofLang(message, lang));
  const uncleared = (message) => message.chain.find((id) => !message.cleared.some((one) => one.function === id && one.hash === hashOf(message.texts)));
  function waitsOf(message) {
    const lang = langsOf(message).find((each) => !isVerified(message, each));
    if (lang) return { step: "verified", lang };
    const next = uncleared(message);
    if (next) return { step: "cleared", function: next };
    return { step: message.out_at ? "nothing" : "out" };
  }
  function sms(text) {
    const coding = /[^\x20-\x7eàéèùìòçÇÉñÑäöü\n]/.test(text) ? "ucs-2" : "gsm-7";
    const [alone, each] = coding === "gsm-7" ? [160, 153] : [70, 67];
    const parts = text.length <= alone ? 1 : Math.ceil(text.length / each);
    return { coding, units: text.length, parts, left: (parts === 1 ? alone : parts * each) - text.length, beyond: [] };
  }
  function readyUntil(message) {
    const of = message.chain.map((id) => message.cleared.find((one) => one.function === id && one.hash === hashOf(message.texts)));
    return of.every(Boolean) ? (of.map((one) => one.until).filter(Boolean).sort()[0] ?? null) : null;
  }
  function messageView(message, me) {
    const wrote = message.texts.some((text) => text.author.id === me.id);
    const waits = waitsOf(message);
    const behind = [...new Set(message.texts.flatMap((text) => text.sentences.flatMap((one) => one.facts)))].map((id) => facts.get(id)).filter(Boolean);
    return {
      ...message, hash: hashOf(message.texts), waits, ready_until: readyUntil(message),
      texts: message.texts.map((text) => ({ ...text, text: wholeOf(text), hash: hashOf([text]), reading_s: Math.ceil(wholeOf(text).split(/\s+/).length * 60 / 150), sms: text.form === "sms" ? sms(wholeOf(text)) : null })),
      langs: langsOf(message).map((lang) => ({ lang, hash: ofLang(message, lang), verified: isVerified(message, lang) })),
      facts: behind.map((fact) => ({ id: fact.id, code: fact.code, state: stateOf(fact), valid_until: fact.valid_until })),
      may: {
        verify: langsOf(message).filter((lang) => !isVerified(message, lang) && !message.texts.some((text) => text.lang === lang && text.author.id === me.id) && me.may.includes("message.verify")),
        clear: waits.step === "cleared" && !wrote && me.may.includes("message.clear") && functions.some((one) => one.id === waits.function && one.mine),
        issue: waits.step === "out" || waits.step === "nothing", write: me.may.includes("communication.write"),
      },
    };
  }
  function stageOf(one) {
    const own = one.messages.map((id) => messages.get(id));
    if (one.closed) return "closed";
    if (one.measured.length > 0) return "measured";
    if (own.some((message) => message.out_at)) return "out";
    const steps = own.map((message) => waitsOf(message).step);
    return steps.includes("out") ? "cleared" : steps.includes("cleared") ? "verified" : one.option || own.length ? "draft" : "need";
  }
  function core(one) {
    const waiting = one.messages.map((id) => waitsOf(messages.get(id)));
    return { ...one, stage: stageOf(one), waits: waiting[0] ?? null, overdue: Date.parse(one.due) < now() && !["out", "measured", "closed"].includes(stageOf(one)) };
  }
  /** Counts of invented half days around going out, where the response was measured. */
  const effectOf = (one) => one.measured.length === 0 ? null : { response: one.id, code: one.code, issued_at: one.out_at, due_at: null, asked: [], asked_sentence: "Aucun assistant de liaison n’a été interrogé.",
    found: one.measured.map((found) => ({ ...found, verdict: "fell", reasons: [] })),
    bars: Array.from({ length: 18 }, (_, i) => ({ from: iso(Date.parse(one.out_at) + (i - 14) * 12 * HOUR), hours: 12, after: i >= 14, signals: i < 14 ? 22 + (i % 4) : 11, sources: i < 14 ? 14 : 8 })) };
  const detail = (one, me) => ({ ...core(one), effect: effectOf(one), messages: one.messages.map((id) => messageView(messages.get(id), me)) });
  function addResponse(by, title, hours, more = {}) {
    const one = { id: more.id ?? randomUUID(), code: code("C"), at: iso(now()), title, owner: person(by), due: more.due ?? iso(now() + hours * HOUR), chain: more.chain ?? ["chief-communications"], origin: more.origin ?? { from: "narrative", narrative: story }, option: more.option ? { option: more.option, reason: "Les faits sont connus et peuvent être dits.", by: person(by), at: iso(now()) } : null, measured: [], closed: null, cleared_at: null, out_at: null, messages: [] };
    responses.set(one.id, one);
    return one;
  }
  function addMessage(by, response, texts, more = {}) {
    const message = { id: more.id ?? randomUUID(), code: code("M"), response: response.id, chain: response.chain, revision: 1, drafted: { by: person(by), at: iso(now()) }, texts: texts.map((text) => ({ ...text, author: person(by), at: iso(now()) })), verified: [], cleared: [], returned: null, out_at: null, releases: [] };
    messages.set(message.id, message);
    response.messages.push(message.id);
    if (more.verified) message.verified = langsOf(message).map((lang) => ({ lang, hash: ofLang(message, lang), by: person(garde), at: iso(now()) }));
    if (more.cleared) message.cleared = message.chain.map((id) => ({ function: id, hash: hashOf(message.texts), by: person(garde), at: iso(now()), until: null }));
    return message;
  }

  const water = addFact(analyste, [{ lang: "fr", text: "La mission n’achète pas l’eau des puits de Tin-Azar." }, { lang: "ar", text: "لا تشتري البعثة ماء آبار تين أزار." }], "Section du génie, registre de l’eau", 72, { approved: { by: person(garde), at: iso(now()) } });
  const fuel = addFact(analyste, [{ lang: "fr", text: "Le convoi de mardi portait du carburant pour l’hôpital de Dougalé." }], "Section logistique, ordre de marche 114", 48, { approved: { by: person(garde), at: iso(now()) } });
  addFact(analyste, [{ lang: "fr", text: "La piste de Kufena rouvre jeudi." }], "Patrouille Est", 24);
  addFact(garde, [{ lang: "fr", text: "Les camions-citernes appartiennent à la commune de Tin-Azar." }], "Mairie de Tin-Azar", 24);
  addFact(analyste, [{ lang: "fr", text: "Le marché de Dougalé est ouvert." }], "Police de Dougalé", -2, { approved: { by: person(garde), at: iso(now()) } });
  const text = (lang, form, ...pairs) => ({ lang, form, sentences: pairs.map(([said, fact]) => ({ text: said, facts: [fact.id] })) });
  const french = text("fr", "sms", ["La mission n'achète pas l'eau des puits de Tin-Azar.", water]);
  const arabic = text("ar", "sms", ["لا تشتري البعثة ماء آبار تين أزار.", water]);
  const radio = text("fr", "radio-script", ["La mission n’achète pas l’eau des puits de Tin-Azar.", water], ["Le convoi de mardi portait du carburant pour l’hôpital de Dougalé.", fuel]);
  addResponse(garde, "Convoi trop rapide devant l’école de Dougalé", 20);
  addResponse(analyste, "Ouverture du nouveau point d’eau de Kufena", -3, { origin: { from: "event", what: "Inauguration, 27 novembre" } });
  addMessage(analyste, addResponse(analyste, "Eau des puits de Tin-Azar", 6, { option: "rebut" }), [french, arabic, radio]);
  addMessage(analyste, addResponse(analyste, "Eau des puits : forme courte pour les agents de liaison", 9, { option: "rebut", chain: ["chief-communications", "legal"] }), [french, arabic], { verified: true });
  addMessage(analyste, addResponse(analyste, "Carburant de l’hôpital", 12, { option: "radio" }), [radio], { verified: true, cleared: true });
  const out = addResponse(analyste, "Piste de Kufena coupée", 12, { option: "pre-bunk" });
  const gone = addMessage(analyste, out, [french], { verified: true, cleared: true });
  const deliveries = [["K-0001", "delivered"], ["K-0002", "sent"], ["K-0003", "failed"], ["K-0004", "withheld"]].map(([each, state]) => ({ code: each, state, attempt: state === "failed" ? 2 : 1, at: iso(now()), reason: state === "failed" ? "le réseau ne répond pas" : null }));
  const release = { id: randomUUID(), code: code("S"), at: iso(now()), by: person(garde), channel: "sms", message: gone.id, approval: null, hash: hashOf(gone.texts), purpose: "Répondre à ceux qui ont demandé", recipients: { to: "askers" }, texts: [["fr", "sms"]], expires_at: iso(now() + 24 * HOUR), counts: { sent: 1, delivered: 1, failed: 1, given_up: 0, withheld: 1 }, deliveries, sheet: [] };
  releases.set(release.id, release);
  Object.assign(gone, { releases: [release.id], out_at: release.at });
  Object.assign(out, { out_at: release.at, cleared_at: release.at, measured: [{ series: "volume", at: iso(now()), ratio: [0.5, 0.35, 0.7], words: { code: "effect-fell", args: {} }, sentence: "Après la diffusion, ce récit a baissé d’environ la moitié (d’un tiers à deux tiers).", model: { name: "effect", version: "1" } }] });
  const plans = new Map([["p1", { id: "p1", code: code("P"), title: "L’eau de l’Est", aim: "Que chacun sache qui tient les puits et à qui s’adresser.", audience: "Habitants de Tin-Azar et de Kufena", channels: ["sms", "radio"], calendar: [{ at: iso(now() - 24 * HOUR), what: "Réunion avec les chefs de quartier", channel: "voice" }, { at: iso(now() + 48 * HOUR), what: "Mise en service de la pompe", channel: "radio" }], at: iso(now()), by: person(garde), version: 2 }]]);
  const approvals = new Map([["a1", { id: "a1", code: code("A"), standing: "receipt", texts: [{ lang: "fr", text: "Message reçu, merci. Nous vérifions et nous vous répondrons." }], until: iso(now() + 720 * HOUR), by: person(garde), at: iso(now()), ended: null }]]);
  const approvalView = (one) => ({ ...one, live: !one.ended && Date.parse(one.until) > now() });
  const mandates = new Map();
  const mandate = { id: randomUUID(), symbol: "S/RES/0000 (2026)", paragraphs: [{ number: "12 b", text: "Faciliter l’accès de la population à l’eau et aux soins." }, { number: "14", text: "Escorter les convois humanitaires." }] };
  mandates.set(mandate.id, { ...mandate, code: code("D"), title: "Mandat (invention)", lang: "fr", at: iso(now()) });
  const ask = (said, answer = null) => {
    const one = { id: randomUUID(), code: code("Q"), at: iso(now()), text: said, lang: "fr", narrative: null, answer, approved: null };
    questions.set(one.id, one);
  };
  ask("La mission peut-elle réparer notre puits ?");
  ask("Pourquoi escortez-vous les camions ?", { verdict: "can", cites: [{ mandate: mandate.id, number: "14" }], answers: [{ lang: "fr", text: "Le mandat charge la mission d’escorter les convois humanitaires." }], by: person(analyste), at: iso(now()), hash: "a1" });
  const questionView = (one) => ({ ...one, state: one.approved ? "answered" : one.answer ? "proposed" : "unanswered" });

  const found = (map, id, run) => (map.has(id) ? run(map.get(id)) : refuse(404, "VG-FIND-003", "Ceci n’existe pas ici."));
  const list = (map, q, view) => ok({ ...page([...map.values()].toReversed().map(view), q, 50), seq: 1 });

  return [
    ["GET", /^\/functions$/, () => ok({ functions, verifiers: [{ lang: "fr", user: person(garde), until: null }, { lang: "ar", user: person(garde), until: null }] })],
    ["GET", /^\/facts$/, ({ q, me }) => {
      const words = (q.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = [...facts.values()].toReversed().map((fact) => factView(fact, me)).filter((fact) =>
        (q.get("live") !== "true" || fact.state === "live") && (q.get("open") !== "true" || fact.state === "draft") &&
        words.every((each) => [fact.code, fact.source, ...fact.statements.map((one) => one.text)].join(" ").toLowerCase().includes(each)));
      return ok({ ...page(wanted, q, 50), seq: 1 });
    }],
    ["POST", /^\/facts$/, ({ body, me }) => {
      if (!facts.has(body.client_id)) addFact(me, body.statements, body.source, (Date.parse(body.valid_until) - now()) / HOUR, { id: body.client_id, valid_from: body.valid_from, replaces: body.replaces });
      changed("fact", body.client_id);
      return ok(factView(facts.get(body.client_id), me), 201);
    }],
    ["POST", /^\/facts\/import$/, ({ raw, me }) => {
      const rows = raw.toString("utf8").replace(/^\ufeff/, "").split(/\r?\n/).slice(1).map((row) => row.split(/[;,]/));
      const good = rows.filter((cells) => cells[0] && cells[1]);
      for (const [said, source] of good) addFact(me, [{ lang: "fr", text: said }], source, 168);
      return ok({ accepted: good.length, known: 0, refused: rows.flatMap((cells, i) => (cells[0] && !cells[1] ? [{ row: i + 2, message: "La source manque. (VG-LOOP-001)" }] : [])) });
    }],
    ["POST", /^\/facts\/([\w-]+)\/approve$/, ({ m, me }) => found(facts, m[1], (fact) => {
      if (fact.by.id === me.id) return conflict("VG-LOOP-031", "Vous avez rédigé ce fait ; une autre personne l’approuve.", "Demandez à un collègue.");
      fact.approved = { by: person(me), at: iso(now()) };
      changed("fact", fact.id);
      return ok(factView(fact, me));
    })],
    ["POST", /^\/facts\/([\w-]+)\/withdraw$/, ({ m, body, me }) => found(facts, m[1], (fact) => {
      fact.withdrawn = { at: iso(now()), outcome: body.reason };
      changed("fact", fact.id);
      return ok(factView(fact, me));
    })],
    ["GET", /^\/mandates\/search$/, ({ q }) => ok({ items: mandate.paragraphs.filter((each) => each.text.toLowerCase().includes((q.get("q") ?? "").toLowerCase())).map((each) => ({ mandate: mandate.id, symbol: mandate.symbol, ...each, answers: [...questions.values()].filter((one) => one.approved && one.answer.cites.some((cite) => cite.number === each.number)).map((one) => ({ question: one.id, code: one.code, text: one.text, verdict: one.answer.verdict, answers: one.answer.answers })) })) })],
    ["GET", /^\/questions$/, ({ q }) => { const all = new Map([...questions].filter(([, one]) => q.get("open") !== "true" || !one.approved)); return list(all, q, questionView); }],
    ["POST", /^\/questions$/, ({ body }) => { const one = { id: body.client_id, code: code("Q"), at: iso(now()), text: body.text, lang: body.lang, narrative: body.narrative ?? null, answer: null, approved: null }; questions.set(one.id, one); return ok(questionView(one), 201); }],
    ["POST", /^\/questions\/([\w-]+)\/answer$/, ({ m, body, me }) => found(questions, m[1], (one) => { one.answer = { ...body, by: person(me), at: iso(now()), hash: sha(body) }; return ok(questionView(one)); })],
    ["POST", /^\/questions\/([\w-]+)\/approve$/, ({ m, me }) => found(questions, m[1], (one) => { one.approved = { by: person(me), at: iso(now()) }; return ok(questionView(one)); })],
    ["GET", /^\/responses$/, ({ q }) => {
      const done = (one) => ["out", "measured", "closed"].includes(one.stage);
      const wanted = [...responses].filter(([, one]) => (q.get("open") !== "true" || !done(core(one))) && (!q.get("state") || core(one).stage === q.get("state")));
      return list(new Map(wanted), q, core);
    }],
    ["POST", /^\/responses$/, ({ body, me }) => {
      if (!responses.has(body.client_id)) addResponse(me, body.title, 0, { id: body.client_id, due: body.due, chain: body.chain, origin: body.origin });
      changed("response", body.client_id);
      return ok(core(responses.get(body.client_id)), 201);
    }],
    ["GET", /^\/responses\/([\w-]+)$/, ({ m, me }) => found(responses, m[1], (one) => ok(detail(one, me)))],
    ["POST", /^\/responses\/([\w-]+)\/option$/, ({ m, body, me }) => found(responses, m[1], (one) => {
      one.option = { ...body, by: person(me), at: iso(now()) };
      changed("response", one.id);
      return ok(core(one));
    })],
    ["POST", /^\/responses\/([\w-]+)\/messages$/, ({ m, body, me }) => found(responses, m[1], (one) => {
      const known = messages.get(body.client_id);
      if (known && known.revision !== body.base) return { status: 409, body: { code: "VG-LOOP-060", message: "Quelqu’un d’autre a modifié ce message entre-temps. Rien n’a été changé.", hint: "Comparez les deux versions.", theirs: messageView(known, me) } };
      const unfounded = body.texts.some((each) => each.sentences.some((said) => said.facts.length === 0));
      if (unfounded) return conflict("VG-LOOP-062", "Une phrase n’a pas de fait derrière elle.", "Choisissez un fait.");
      if (!known) return ok(messageView(addMessage(me, one, body.texts, { id: body.client_id }), me), 201);
      const same = (each) => known.texts.find((old) => hashOf([old]) === hashOf([each]));
      Object.assign(known, { revision: known.revision + 1, drafted: { by: person(me), at: iso(now()) }, returned: null, texts: body.texts.map((each) => same(each) ?? { ...each, author: person(me), at: iso(now()) }) });
      changed("message", known.id);
      return ok(messageView(known, me), 201);
    })],
    ["GET", /^\/messages$/, ({ q, me }) => list(new Map([...messages].filter(([, one]) => q.get("state") !== "ready" || readyUntil(one))), q, (one) => messageView(one, me))],
    ["GET", /^\/messages\/([\w-]+)$/, ({ m, me }) => found(messages, m[1], (message) => ok(messageView(message, me)))],
    ["POST", /^\/messages\/([\w-]+)\/verify$/, ({ m, body, me }) => found(messages, m[1], (message) => {
      if (ofLang(message, body.lang) !== body.hash) return conflict("VG-LOOP-065", "Ces mots ont changé depuis que vous les avez lus.", "Relisez-les.");
      message.verified.push({ lang: body.lang, hash: body.hash, by: person(me), at: iso(now()) });
      changed("message", message.id);
      return ok(messageView(message, me));
    })],
    ["POST", /^\/messages\/([\w-]+)\/clear$/, ({ m, body, me }) => found(messages, m[1], (message) => {
      if (hashOf(message.texts) !== body.hash) return conflict("VG-LOOP-068", "Ces mots ont changé depuis que vous les avez lus. Rien n’a été validé.", "Relisez-les.");
      message.cleared.push({ function: uncleared(message), hash: body.hash, by: person(me), at: iso(now()), until: body.until ?? null });
      changed("message", message.id);
      return ok(messageView(message, me));
    })],
    ["POST", /^\/messages\/([\w-]+)\/return$/, ({ m, body, me }) => found(messages, m[1], (message) => {
      message.returned = { at: iso(now()), outcome: body.reason };
      message.cleared = [];
      changed("message", message.id);
      return ok(messageView(message, me));
    })],
    ["POST", /^\/messages\/([\w-]+)\/release$/, ({ m, body, me }) => found(messages, m[1], (message) => {
      if (!releases.has(body.client_id)) {
        releases.set(body.client_id, { ...release, ...body, id: body.client_id, code: code("S"), at: iso(now()), by: person(me), message: message.id, counts: { sent: 0, delivered: 0, failed: 0, given_up: 0, withheld: 0 }, deliveries: [], sheet: [] });
        message.releases.push(body.client_id);
        message.out_at ??= iso(now());
      }
      changed("release", body.client_id);
      return ok(releases.get(body.client_id), 201);
    })],
    ["GET", /^\/releases$/, ({ q }) => list(releases, q, (one) => one)],
    ["GET", /^\/contacts$/, () => ok({ items: [["CLA-07", "answer"], ["CLA-09", "answer"], ["SMS-1f2c", "discreet"]].map(([each, reply]) => ({ id: sha(each).slice(0, 32), code: each, channel: "sms", reply, lang: "fr" })) })],
    ["GET", /^\/mandates$/, ({ q }) => list(mandates, q, (one) => one)],
    ["POST", /^\/mandates$/, ({ body }) => { const { client_id, ...said } = body; mandates.set(client_id, { id: client_id, code: code("D"), at: iso(now()), ...said }); return ok(mandates.get(client_id), 201); }],
    ["GET", /^\/plans$/, ({ q }) => list(plans, q, (one) => one)],
    ["POST", /^\/plans$/, ({ body, me }) => {
      const { client_id, ...said } = body;
      const known = plans.get(client_id);
      plans.set(client_id, { id: client_id, code: known?.code ?? code("P"), at: iso(now()), by: person(me), version: (known?.version ?? 0) + 1, ...said });
      changed("plan", client_id);
      return ok(plans.get(client_id), 201);
    }],
    ["GET", /^\/approvals$/, ({ q }) => list(approvals, q, approvalView)],
    ["POST", /^\/approvals$/, ({ body, me }) => {
      const { client_id, ...said } = body;
      approvals.set(client_id, { id: client_id, code: code("A"), at: iso(now()), by: person(me), ended: null, ...said });
      changed("approval", client_id);
      return ok(approvalView(approvals.get(client_id)), 201);
    }],
    ["POST", /^\/approvals\/([\w-]+)\/end$/, ({ m }) => found(approvals, m[1], (one) => { one.ended = iso(now()); return ok(approvalView(one)); })],
  ];
}
