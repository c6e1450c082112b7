### What came of an answer: measured, in words.

## The effect in one sentence

effect-fell =
    After the answer, the { $measured ->
        [sources] number of sources
       *[volume] number of signals
    } fell by { $size ->
        [tenth] about a tenth
        [fifth] about a fifth
        [quarter] about a quarter
        [third] about a third
        [two-fifths] about two fifths
        [half] about half
        [three-fifths] about three fifths
        [two-thirds] about two thirds
        [three-quarters] about three quarters
        [four-fifths] about four fifths
        [nine-tenths] about nine tenths
        [nearly-all] nearly all
       *[other] about { $size } %
    } ({ $low ->
        [tenth] a tenth
        [fifth] a fifth
        [quarter] a quarter
        [third] a third
        [two-fifths] two fifths
        [half] half
        [three-fifths] three fifths
        [two-thirds] two thirds
        [three-quarters] three quarters
        [four-fifths] four fifths
        [nine-tenths] nine tenths
        [nearly-all] nearly all
       *[other] { $low } %
    } to { $high ->
        [tenth] a tenth
        [fifth] a fifth
        [quarter] a quarter
        [third] a third
        [two-fifths] two fifths
        [half] half
        [three-fifths] three fifths
        [two-thirds] two thirds
        [three-quarters] three quarters
        [four-fifths] four fifths
        [nine-tenths] nine tenths
        [nearly-all] nearly all
       *[other] { $high } %
    }), compared with how the story was going before.
effect-rose =
    After the answer, the { $measured ->
        [sources] number of sources
       *[volume] number of signals
    } rose by { $size ->
        [tenth] about a tenth
        [fifth] about a fifth
        [quarter] about a quarter
        [third] about a third
        [two-fifths] about two fifths
        [half] about half
        [three-fifths] about three fifths
        [two-thirds] about two thirds
        [three-quarters] about three quarters
        [four-fifths] about four fifths
        [nine-tenths] about nine tenths
        [tenfold] more than nine times what was expected
       *[other] about { $size } %
    } ({ $low ->
        [tenth] a tenth
        [fifth] a fifth
        [quarter] a quarter
        [third] a third
        [two-fifths] two fifths
        [half] half
        [three-fifths] three fifths
        [two-thirds] two thirds
        [three-quarters] three quarters
        [four-fifths] four fifths
        [nine-tenths] nine tenths
        [tenfold] 900 %
       *[other] { $low } %
    } to { $high ->
        [tenth] a tenth
        [fifth] a fifth
        [quarter] a quarter
        [third] a third
        [two-fifths] two fifths
        [half] half
        [three-fifths] three fifths
        [two-thirds] two thirds
        [three-quarters] three quarters
        [four-fifths] four fifths
        [nine-tenths] nine tenths
        [tenfold] more than 900 %
       *[other] { $high } %
    }), compared with how the story was going before.
effect-none =
    No effect visible after the answer in the { $measured ->
        [sources] number of sources
       *[volume] number of signals
    }. Anything from a fall by { $fall ->
        [tenth] a tenth
        [fifth] a fifth
        [quarter] a quarter
        [third] a third
        [two-fifths] two fifths
        [half] half
        [three-fifths] three fifths
        [two-thirds] two thirds
        [three-quarters] three quarters
        [four-fifths] four fifths
        [nine-tenths] nine tenths
        [nearly-all] nearly all
       *[other] { $fall } %
    } to a rise by { $rise ->
        [tenth] a tenth
        [fifth] a fifth
        [quarter] a quarter
        [third] a third
        [two-fifths] two fifths
        [half] half
        [three-fifths] three fifths
        [two-thirds] two thirds
        [three-quarters] three quarters
        [four-fifths] four fifths
        [nine-tenths] nine tenths
        [tenfold] more than 900 %
       *[other] { $rise } %
    } could look like this.

## What it rests on

effect-basis =
    { $before } counted in the { $days_before } days before; { $after } in the { $days_after ->
        [one] day
       *[other] { $days_after } days
    } after, where about { $expected } were to be expected.
effect-was-fading = It was already fading before the answer, by half every { $hours } h or so. That is not counted as an effect.
effect-was-steady = Before the answer it was neither clearly growing nor clearly fading.
effect-shortened = Only the last { $days } days before are compared: earlier, the story was moving differently.
effect-week-known = Quiet and busy weekdays are allowed for, as this site knows them from all its signals.
effect-week-unknown = Quiet and busy weekdays are not allowed for: this site does not know its week yet, so a quiet weekend could look like a fall.
effect-sources-silent =
    { $sources ->
        [one] A source that had carried it has
       *[other] { $sources } sources that had carried it have
    } brought nothing at all since the answer; { $share } % of its signals before came from there. That alone can look like a fall.
effect-after-only = This is what was seen after the answer. Whatever else happened in the same days is in it too.

## Why nothing can be said

effect-before-short = Not enough to say: the story was followed for { $hours } h before the answer; { $needed } h are needed.
effect-after-short = Too early to say: { $hours } h have passed since the answer; { $needed } h are needed.
effect-few-before = Not enough signals before the answer to say: { $count }, where { $needed } are needed.
effect-few-expected = Not enough signals to say: so few were to be expected after the answer ({ $count }, where { $needed } are needed) that their absence shows nothing.
effect-was-growing = Cannot be said: the story was still growing when the answer went out. Stories stop growing by themselves, and what this one would have done is not known.
effect-was-turning = Cannot be said: the story was changing course shortly before the answer went out, and what it would have done is not known.

effect-concurrent =
    Cannot be said of this answer alone: { $code }, another answer to the same story, went out { $hours } h { $side ->
        [before] before
       *[after] after
    } it.

## Asked again after 48 hours

recheck-question = Is story { $story } still told where you are? The mission answered it on { $at }.
recheck-none = No liaison assistant was asked.
recheck-sum =
    { $asked ->
        [one] { $asked } liaison assistant asked
       *[other] { $asked } liaison assistants asked
    }: { $yes ->
        [0] {""}
       *[other] { $yes } still as before,{" "}
    }{ $less ->
        [0] {""}
       *[other] { $less } less,{" "}
    }{ $no ->
        [0] {""}
       *[other] { $no } not any more,{" "}
    }{ $unknown ->
        [0] {""}
       *[other] { $unknown } cannot say,{" "}
    }{ $open ->
        [0] all have replied.
       *[other] { $open } yet to reply.
    }
