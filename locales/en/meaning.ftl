# What the model of meaning proposes, and why it says nothing.

meaning-near = Place { $rank } among the stories whose opening words stand nearest. It may be the same story told otherwise, or a denial of it: read both.
meaning-said = Somebody compared the two.
meaning-no-model = Not assessed: no model of meaning was added to this site.
meaning-not-yet = Not assessed yet: the model has not read this story, or nobody spoke of it for 28 days.
meaning-restricted = Not assessed: restricted stories are not read by the model.
