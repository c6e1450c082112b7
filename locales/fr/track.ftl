## Un scénario de détections : une ligne ou des détections sont refusées ; les autres sont suivies

track-not-a-scan = Cette ligne n’est pas un balayage : il faut une heure « t » et des détections « det » de deux nombres chacune. Les autres lignes ont été suivies.
    .code = VG-TRACK-001
    .hint = Comparez la ligne à ses voisines, ou réécrivez-la depuis l’enregistrement.
track-line-too-long = Cette ligne est plus longue qu’un balayage ne peut l’être. Elle a été laissée de côté ; les autres ont été suivies.
    .code = VG-TRACK-002
    .hint = Vérifiez que chaque balayage se termine par une fin de ligne.
track-scan-late = Ce balayage n’est pas postérieur au précédent. Il a été laissé de côté ; les autres lignes ont été suivies.
    .code = VG-TRACK-003
    .hint = Rangez les balayages dans l’ordre de leurs heures.
track-plots-refused = { $count } détections de ce balayage ne sont pas des positions sur le plan. Les autres ont été suivies.
    .code = VG-TRACK-004
    .hint = Cherchez des valeurs qui ne sont pas des nombres, ou des positions à plus de 2 000 km.
track-plots-beyond = { $count } détections de ce balayage dépassent ce qu’un balayage peut contenir. Elles n’ont pas été lues.
    .code = VG-TRACK-005
    .hint = Vérifiez le seuil du capteur : un balayage aussi plein est surtout faux.
track-flood = Ce balayage compte { $count } détections là où { $expected } étaient attendues. Les pistes connues continuent ; les nouvelles sont retenues.
    .code = VG-TRACK-006
    .hint = Vérifiez si le capteur est brouillé, gêné par la pluie ou réglé sur un mauvais seuil.
