### ASTERIX : ce qui, dans un enregistrement, n’est pas un message, et ce qui en a été fait.

asterix-foreign = Ces octets ne forment pas un bloc ASTERIX. Ils ont été sautés ; la lecture a repris derrière eux.
    .code = VG-ASTERIX-001
    .hint = Vérifiez que le fichier est bien une capture de la liaison du radar.
