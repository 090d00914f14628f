#include "core/collect/press-words.h"

/* clang-format off */
static const struct press_row rows[] = {
	{ WORD_CUE, FORMS_AR,
	  "afirm asegur declar explic señal senal manifest coment anunci destac subray apunt contest respond "
	  "pregunt lament critic acus avis alert record rememor cont relat confes revel insist "
	  "zanj remat sentenci ironiz brome public tuite detall precis matiz puntualiz aclar indic "
	  "observ opin consider valor apost alab elogi celebr rechaz neg denunci reclam "
	  "exclam grit murmur susurr argument justific prometi pronostic sostuv confi expres agreg "
	  "replic reproch bromea tuit reiter recalc enfatiz estim conden calific asever ratific confirm "
	  "vaticin resum concluy proclam lanz espet atac resalt narr razon reflexion mantien" },
	{ WORD_CUE, FORMS_AS_IS,
	  "resume resumio resumia confiesa confieso niega reconozco cuento advierten zanjo corrigio corrige reviro suelta solto dijo dice decia dicen dijeron dicho decir diciendo anade anadio anadia anadido escribio escribe "
	  "escribia escrito respondio responde respondia respondido advirtio advierte advertia advertido "
	  "sostiene sostuvo sostenia sostenido reconocio reconoce reconocia reconocido admite admitio "
	  "admitia admitido insiste insistio insistia insistido concluyo concluye concluia concluido "
	  "prometio promete prometido defiende defendio defendia defendido pidio pide pedia pedido "
	  "cree creia creyo piensa pensaba penso sugiere sugirio sugeria propuso propone predijo predice "
	  "repitio repite repetia repuso repone prosiguio prosigue siguio sigue continua continuo "
	  "cuenta conto recuerda niega apuesta muestra expuso expone expuesto interviene intervino "
	  "plantea planteo bromea bromeo tuiteo publica publico quejo queja mostro arremetio arremete "
	  "reacciono reacciona transmitio definio define describio describe llamo tildo tacho" },
	{ WORD_NOUNISH, FORMS_AS_IS, "comento pregunta anuncio cuenta critica record lanza indica" },
	{ WORD_CALL, FORMS_AS_IS, "calificado califico califica tildo tacho llamo definio describio como acuso de" },
	{ WORD_AUX, FORMS_AS_IS, "ha han habia habian ha fue" },
	{ WORD_PREP | WORD_SMALL, FORMS_AS_IS,
	  "de del a al ante bajo con contra desde durante en entre hacia hasta para por segun sin sobre "
	  "tras via mediante junto" },
	{ WORD_WHERE, FORMS_AS_IS, "en a al ante durante desde via" },
	{ WORD_SMALL, FORMS_AS_IS,
	  "y e o u pero sino aunque porque que como cuando donde quien quienes cual si no ni ya aun todavia "
	  "tambien tampoco asi entonces luego despues antes hoy ayer manana aqui alli ahi lo le les se su "
	  "sus mi mis tu tus nuestro nuestra nos me te este esta estos estas ese esa esos aquel aquella "
	  "todo todos toda todas otro otra otros otras mas menos muy mucho poco nada nadie alguien algo "
	  "dos tres cuatro cinco seis siete ocho nueve diez es son era eran fue fueron sera ha han habia "
	  "hay esta estan preguntado preguntada mientras pese gracias segun para por con sin sobre tras "
	  "ademas sin embargo lunes martes miercoles jueves viernes sabado domingo" },
	{ WORD_SMALL | WORD_DEF, FORMS_AS_IS, "el la los las lo" },
	{ WORD_SMALL | WORD_INDEF, FORMS_AS_IS,
	  "un una unos unas varios varias algunos algunas este esta dos tres" },
	{ WORD_HE | WORD_SMALL, FORMS_AS_IS, "él" },
	{ WORD_SHE | WORD_SMALL, FORMS_AS_IS, "ella" },
	{ WORD_THEY | WORD_SMALL, FORMS_AS_IS, "ellos ellas nosotros" },
	{ WORD_MR, FORMS_AS_IS, "señor senor sr sr. don dr dr." },
	{ WORD_MRS, FORMS_AS_IS, "senora sra sra. doña dona dra dra. señora" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "jefe patron ceo presidente vicepresidente director fundador cofundador ministro secretario consejero "
	  "canciller portavoz alcalde gobernador diputado senador comisario embajador abogado juez fiscal "
	  "general economista analista investigador profesor cientifico ingeniero experto historiador "
	  "sociologo filosofo escritor autor periodista actor cantante entrenador capitan jugador delantero "
	  "portero empresario multimillonario millonario inversor magnate lider dirigente candidato "
	  "responsable rey principe papa medico fisico agricultor ganadero maestro banquero directivo "
	  "mandatario primer premier asesor sindicalista cineasta novelista poeta seleccionador tecnico doctor vecino vecina joven" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "marido esposo hijo hermano padre abuelo tio sobrino primo cunado colaborador jubilado cliente "
	  "funcionario concejal edil regidor taxista camarero pescador panadero carnicero tendero socio "
	  "afilador hostelero bombero policia guardia paciente alumno estudiante musico pintor escultor" },
	{ WORD_ROLE | WORD_FEMALE, FORMS_AS_IS,
	  "esposa mujer hija hermana madre abuela tia sobrina prima cunada viuda jubilada clienta taquillera "
	  "funcionaria concejala regidora camarera pescadora panadera duena socia enfermera alumna pintora" },
	{ WORD_ROLE | WORD_FEMALE, FORMS_AS_IS,
	  "jefa patrona presidenta vicepresidenta directora fundadora cofundadora ministra secretaria consejera "
	  "alcaldesa gobernadora diputada senadora comisaria embajadora abogada jueza investigadora "
	  "profesora cientifica ingeniera experta historiadora sociologa filosofa escritora autora "
	  "doctora seleccionadora "
	  "actriz entrenadora jugadora portera empresaria multimillonaria inversora candidata reina "
	  "princesa medica fisica agricultora maestra banquera directiva mandataria asesora" },
	{ WORD_COMPANY, FORMS_AS_IS,
	  "empresa compania grupo firma banco agencia fabricante start-up startup universidad "
	  "instituto asociacion organizacion entidad multinacional operadora aseguradora"},
	{ WORD_PARTICLE, FORMS_AS_IS, "de del la los las y von van der el al bin di da dos" },
	{ WORD_ACCORDING, FORMS_AS_IS, "segun segundo" },
	{ WORD_FOR, FORMS_AS_IS, "para" },
	{ WORD_WORK, FORMS_AS_IS,
	  "titulado titulada titulados llamado llamada llamados denominado denominada apodado apodada libro "
	  "novela pelicula documental serie album cancion titulo informe podcast programa articulo proyecto "
	  "exposicion revista palabra expresion termino concepto bautizado bautizada conocido conocida lema "
	  "obra cuadro ensayo" },
	{ WORD_SIGN, FORMS_AS_IS,
	  "pancarta pancartas cartel carteles lema refran proverbio grafiti coreaban leia rezaba multitud "
	  "manifestantes leerse" },
	{ WORD_STAGE | WORD_SMALL, FORMS_AS_IS,
	  "entrevista publicacion mensaje tuit comunicado conferencia foro podcast mesa discurso carta microfono "
	  "plato tribuna correo video cumbre comparecencia coloquio debate escenario rueda post acto congreso "
	  "red perfil cadena charla sesion" },
	{ WORD_DAY | WORD_SMALL, FORMS_AS_IS,
	  "lunes martes miercoles jueves viernes sabado domingo ayer hoy despues tambien entonces este esta "
	  "manana tarde noche ademas luego el recientemente mas poco" },
	{ WORD_PEOPLE, FORMS_AS_IS,
	  "gobierno comision sindicato partido ministerio "
	  "fuentes fuente personas analistas expertos observadores inversores trabajadores vecinos empleados "
	  "economistas" },
	{ WORD_PLEDGE, FORMS_AS_IS,
	  "respuesta reaccion replica veredicto mensaje conclusion promesa advertencia argumento comentario" },
	{ WORD_PLACE, FORMS_AS_IS,
	  "madrid barcelona sevilla valencia mexico bogota lima santiago davos bruselas paris londres "
	  "washington españa espana europa china japon india francia alemania italia" },
};
/* clang-format on */

const struct press_tongue press_spanish = {
	"es",
	HABIT_INCISE | HABIT_SILENT,
	rows,
	sizeof(rows) / sizeof(*rows),
};
