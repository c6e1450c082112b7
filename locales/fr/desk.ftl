### Ce que les personnes décident : file, horloge, main courante.

## Pourquoi un geste dans la file est refusé

acts-nothing-chosen = Aucun récit n’est choisi. Rien n’a été changé.
    .code = VG-DESK-001
    .hint = Choisissez-en au moins un, puis recommencez.
acts-too-many =
    { $count ->
        [one] { $count } récit est choisi
       *[other] { $count } récits sont choisis
    } ; un geste en prend { $max } au plus. Rien n’a été changé.
    .code = VG-DESK-002
    .hint = Choisissez-en moins et recommencez.
compare-itself = Un récit a été comparé à lui-même. Rien n’a été enregistré.
    .code = VG-DESK-050
    .hint = Choisissez un autre récit.
join-compartments = Ces récits ne sont pas lus par les mêmes personnes. Rien n’a été changé.
    .code = VG-DESK-051
    .hint = Laissez-les séparés ; notez dans la main courante qu’ils vont ensemble.
join-no-reason = Aucun motif n’est donné pour réunir les récits. Rien n’a été changé.
    .code = VG-DESK-052
    .hint = Écrivez en une phrase pourquoi c’est la même histoire.
join-one = Un seul récit est choisi. Rien n’a été changé.
    .code = VG-DESK-070
    .hint = Choisissez-en au moins deux qui racontent la même histoire.
join-too-many = { $count } récits sont choisis ; on en réunit au plus { $max } à la fois. Rien n’a été changé.
    .code = VG-DESK-071
    .hint = Choisissez-en moins, puis réunissez le reste.
notice-own = Il s’agit de vos propres lectures. Quelqu’un d’autre y répond. Rien n’a été enregistré.
    .code = VG-DESK-072
    .hint = Demandez à un collègue qui veille sur les données personnelles.
notice-answered = Quelqu’un y a déjà répondu. Rien n’a été enregistré.
    .code = VG-DESK-073
    .hint = Lisez ce qui a été dit ; une ligne de la main courante peut le compléter.
notice-no-text = Rien n’est dit de ce que c’était. Rien n’a été enregistré.
    .code = VG-DESK-074
    .hint = Écrivez en une phrase ce que vous avez appris.
part-nothing = Aucune formulation de ce récit n’est choisie. Rien n’a été changé.
    .code = VG-DESK-053
    .hint = Choisissez les formulations qui racontent une autre histoire.
part-all = Toutes les formulations de ce récit sont choisies. Rien n’a été changé.
    .code = VG-DESK-054
    .hint = Laissez au moins une formulation à sa place.
part-too-many = Le récit compte { $count } signaux ; on ne peut en séparer un que jusqu’à { $max }. Rien n’a été changé.
    .code = VG-DESK-055
    .hint = Notez dans la main courante qu’il contient deux histoires.
part-no-reason = Aucun motif n’est donné pour séparer le récit. Rien n’a été changé.
    .code = VG-DESK-056
    .hint = Écrivez en une phrase pourquoi c’est une autre histoire.
part-restricted = Un récit restreint ne peut pas être séparé. Rien n’a été changé.
    .code = VG-DESK-057
    .hint = Notez dans la main courante qu’il contient deux histoires.
aside-no-reason = Aucun motif n’est donné. Rien n’a été changé.
    .code = VG-DESK-058
    .hint = Écrivez en une phrase pourquoi.
label-empty = L’étiquette est vide. Rien n’a été changé.
    .code = VG-DESK-003
    .hint = Écrivez un mot ou deux.
label-too-long = L’étiquette compte { $count } caractères ; { $max } sont admis. Rien n’a été changé.
    .code = VG-DESK-004
    .hint = Prenez une étiquette plus courte et notez le reste dans la main courante.
act-undo-not-yours = Seule la personne qui a fait ce geste peut l’annuler.
    .code = VG-DESK-005
    .hint = Décidez de nouveau : la nouvelle décision compte, et les deux restent dans le journal scellé.
act-undo-too-late = Ce geste ne peut plus être annulé : { $seconds } secondes sont passées.
    .code = VG-DESK-006
    .hint = Décidez de nouveau : un récit écarté peut être retenu à tout moment.
act-undo-not-latest = Quelqu’un a décidé depuis au sujet des mêmes récits. Rien n’a été changé.
    .code = VG-DESK-007
    .hint = Relisez les récits et décidez d’après ce qu’ils montrent maintenant.
act-undo-done = Ce geste est déjà annulé.
    .code = VG-DESK-008
    .hint = Il n’y a plus rien à faire.

## Main courante

note-empty = La mention est vide. Rien n’a été écrit.
    .code = VG-DESK-011
    .hint = Écrivez ce qui s’est passé, puis appuyez sur Entrée.
note-too-long = La mention compte { $count } caractères ; { $max } sont admis. Votre texte est toujours dans la ligne.
    .code = VG-DESK-012
    .hint = Faites-en deux mentions.
note-strike-no-reason = Rayer une mention demande un motif. Rien n’a été changé.
    .code = VG-DESK-013
    .hint = Dites en quelques mots ce qui était faux.
note-strike-reason-too-long = Le motif compte { $count } caractères ; { $max } sont admis. Rien n’a été changé.
    .code = VG-DESK-014
    .hint = Raccourcissez le motif ; une nouvelle mention peut dire le reste.
note-struck-already = Cette mention est déjà rayée. Rien n’a été changé.
    .code = VG-DESK-015
    .hint = Écrivez une nouvelle mention s’il faut ajouter quelque chose.
note-correct-struck-first = Une mention se corrige en la rayant puis en en ajoutant une autre ; celle-ci n’est pas rayée.
    .code = VG-DESK-016
    .hint = Rayez-la avec un motif, puis écrivez la nouvelle mention.
note-corrected-already = Une autre mention corrige déjà celle-ci. Rien n’a été écrit.
    .code = VG-DESK-017
    .hint = Corrigez plutôt la mention la plus récente.

## Ce que les moteurs ont constaté

finding-no-reason = Infirmer un constat demande un motif. Rien n’a été modifié.
    .code = VG-DESK-018
    .hint = Dites en quelques mots pourquoi il ne tient pas : qui viendra ensuite le lira.
finding-reason-too-long = Le motif compte { $count } caractères ; { $max } sont admis. Rien n’a été modifié.
    .code = VG-DESK-019
    .hint = Abrégez le motif ; la main courante peut accueillir le reste.

## Droits

right-missing = Votre fonction ne le permet pas. Rien n’a été changé.
    .code = VG-RIGHT-001
    .hint = Adressez-vous à l’officier de permanence, ou à un administrateur si votre fonction devrait le permettre.
right-compartment = Une partie est d’accès restreint et ne vous est pas ouverte. Rien n’a été changé.
    .code = VG-RIGHT-002
    .hint = Adressez-vous à un administrateur si votre travail l’exige.

## Pourquoi un récit monte dans la file. Des nombres et des heures, jamais qui serait derrière.

attention-count = Vu { $count } fois
attention-pace =
    { $count ->
        [one] { $count } signal dans sa dernière heure d’activité
       *[other] { $count } signaux dans sa dernière heure d’activité
    }
attention-sources =
    { $count ->
        [one] Vient de { $count } source
       *[other] Vient de { $count } sources
    }
attention-tricks =
    { $count ->
        [one] Les copies diffèrent par { $count } sorte de changement (traits d’union, lettres imitées…)
       *[other] Les copies diffèrent par { $count } sortes de changement (traits d’union, lettres imitées…)
    }
attention-together =
    { $count ->
        [one] { $count } compte a partagé la même chose en peu de temps
       *[other] { $count } comptes ont partagé la même chose en peu de temps
    }
attention-topic = Parle de ce dont on ne parlait guère les quatre semaines précédentes
attention-share = { $count } des { $total } signaux entendus durant la dernière heure
attention-silent =
    { $count ->
        [one] { $count } source ou liaison se tait : il peut y en avoir plus que ce qui est compté
       *[other] { $count } sources ou liaisons se taisent : il peut y en avoir plus que ce qui est compté
    }
attention-age =
    { $hours ->
        [0] Vu pour la dernière fois il y a moins d’une heure
        [one] Vu pour la dernière fois il y a { $hours } heure
       *[other] Vu pour la dernière fois il y a { $hours } heures
    }

## L'horloge d'un récit

# Une étape qui n'est pas faite arrive comme « no », une étape faite comme son groupe date-heure.
clock-sentence =
    { $hours ->
        [0] Connu depuis moins de 1 h.
       *[other] Connu depuis { $hours } h.
    } Vérifié : { $verified ->
        [no] non
       *[other] oui, { $verified }
    }. Réponse : { $answered ->
        [no] non
       *[other] oui, { $answered }
    }.

## Remettre un récit à un partenaire, et les listes de vérifications publiées

share-no-recipient = Il n’est pas dit à qui le récit est remis. Rien n’est sorti.
    .code = VG-DESK-059
    .hint = Nommez l’organisation, et la personne s’il y en a une.
share-no-purpose = Il n’est pas dit à quelle fin. Rien n’est sorti.
    .code = VG-DESK-060
    .hint = Dites en quelques mots ce que le destinataire en fera.
share-no-reason = Le nom des comptes ne sort qu’avec un motif. Rien n’est sorti.
    .code = VG-DESK-061
    .hint = Dites pourquoi des pseudonymes ne suffisent pas, ou laissez les comptes sous pseudonyme.
share-one-line = Le destinataire et la finalité tiennent chacun sur une ligne. Rien n’est sorti.
    .code = VG-DESK-062
    .hint = Retirez les retours à la ligne.
share-restricted = Ce récit est à accès restreint : il reste ici. Rien n’est sorti.
    .code = VG-DESK-063
    .hint = Qui répond du domaine restreint décide de ce que d’autres en apprennent, et le leur dit.
share-nothing = Rien de ce récit n’a été publié ni diffusé, ou tout en est restreint. Rien n’est sorti.
    .code = VG-DESK-064
    .hint = Ce que des personnes ont confié à la mission n’est pas remis à des partenaires.
checks-no-reason = Retirer une liste demande un motif. Rien n’a été modifié.
    .code = VG-DESK-065
    .hint = Dites en quelques mots pourquoi elle n’est plus proposée.
