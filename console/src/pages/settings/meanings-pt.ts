/**
 * What each option means, in Portuguese; the gateway tells it in English. A test holds this table against the gateway's own: one that it lacks, or that is gone, fails.
 */
export const MEANINGS_PT: Readonly<Record<string, string>> = {
	RECADO_HOST: 'Onde o servidor escuta. `0.0.0.0` ou `::` o abre para outras máquinas; ponha então um proxy TLS na frente.',
	RECADO_PORT: 'A porta em que escuta; `0` pega qualquer uma livre.',
	RECADO_PUBLIC_URL:
		'O endereço pelo qual os outros chegam ao gateway, escrito nos links (mídias). Sem ele, é o endereço em que o servidor escuta.',
	RECADO_TRUSTED_PROXIES:
		'Proxies na frente do gateway, separados por vírgula: quando uma requisição vem por um deles, o endereço de quem pede é lido do `X-Forwarded-For`. As tentativas de entrada que falham são contadas por esse endereço.',
	RECADO_BODY_BYTES_MAX:
		'O maior corpo de requisição; um maior recebe 413. No padrão cabe uma mídia de `RECADO_MEDIA_BYTES_MAX` escrita em Base64.',
	RECADO_DATA:
		'Onde o banco embutido guarda seu arquivo, com as mídias em `media/` ao lado; é criado se faltar. Um processo do gateway por diretório.',
	RECADO_DATABASE_URL:
		'Um banco PostgreSQL (15 ou mais novo) no lugar do embutido, para vários processos do gateway: `postgres://usuario:senha@host:5432/recado?sslmode=verify-full`. É só do Recado; o primeiro início o prepara. Sem `sslmode`, e com `disable`, a conexão não é cifrada; `require`, `verify-ca` e `verify-full` conferem todos o certificado e o nome, `no-verify` não confere nenhum.',
	RECADO_DATABASE_CA:
		'A autoridade de que deve vir o certificado do banco; liga o TLS, com o nome conferido, diga o `sslmode` o que disser.',
	RECADO_DATABASE_READERS:
		'Conexões com que um processo lê. Ele tem até três a mais: uma escreve, uma serve a trabalhos de vários passos, uma escuta. Todos os processos precisam caber em `max_connections`.',
	RECADO_DATABASE_CONNECT_TIMEOUT: 'Quanto pode demorar uma conexão com o banco; depois, o que precisa dela recebe 503.',
	RECADO_DATABASE_STATEMENT_TIMEOUT:
		'Quanto o banco pode trabalhar em um comando; depois ele é interrompido, e o que precisa dele recebe 503. Atrás de um pooler só se desiste dele, cinco segundos depois.',
	RECADO_DATABASE_POOLER:
		'`transaction` onde um pooler como o PgBouncer divide conexões entre transações: os comandos não são preparados por nome, e os processos sabem uns dos outros olhando uma vez por segundo.',
	RECADO_LEASE:
		'Com PostgreSQL: depois que um processo cai, os outros assumem o que ele tinha em mãos, e as instâncias dele, dentro deste tempo. Todos os processos precisam do mesmo valor.',
	RECADO_ADMIN_TOKEN: 'O token da API de administração: pelo menos 16 caracteres visíveis. Gere um com `openssl rand -hex 24`.',
	RECADO_SECRET_KEY:
		'Cifra os segredos de webhooks e outros segredos guardados: 32 bytes em Base64 ou hexadecimal. Gere uma com `openssl rand -base64 32`; sem ela esses segredos se perdem.',
	RECADO_SECRET_KEY_PREVIOUS:
		'A chave anterior à atual, enquanto ela é trocada: o que ela cifrou pode ser lido, e é cifrado de novo no início.',
	RECADO_ATTEMPT_DEADLINE_MS: 'Quanto pode durar uma tentativa, da busca do nome ao fim da resposta; depois ela falhou como `timeout`.',
	RECADO_RESPONSE_BYTES_KEPT: 'Quanto da resposta de um receptor é guardado para ser visto; o resto é cortado.',
	RECADO_RESPONSE_BYTES_MAX: 'Quanto da resposta de um receptor é lido; além disso a conexão é fechada e a tentativa vale pelo status.',
	RECADO_WEBHOOK_CONCURRENCY:
		'Tentativas em curso para um webhook ao mesmo tempo, onde ele não tem um número próprio; as outras entregas dele esperam.',
	RECADO_ATTEMPTS_IN_FLIGHT_MAX:
		'Tentativas em curso de todos os webhooks. Um webhook pode ter um quarto do que está livre, até o limite dele.',
	RECADO_PENDING_MEMORY:
		'Memória para as entregas que estão sendo tentadas ou prestes a ser; o que passa disso espera no banco e vai chegando.',
	RECADO_PROBE_FIRST: 'Um webhook que falha por completo é sondado depois desta pausa; ela dobra a cada sonda que falha.',
	RECADO_PROBE_CEILING: 'A maior pausa entre duas sondas de um webhook que falha: com que atraso se nota a volta dele.',
	RECADO_RETRY_SCHEDULE:
		'A espera antes de cada tentativa, inclusive a primeira. A entrega cuja última tentativa falha está esgotada: guardada, visível, reenviável. Um webhook pode ter uma agenda própria.',
	RECADO_DELIVERY_PATIENCE:
		'Uma entrega mais velha que isto se esgota quando a tentativa falha, mesmo que a agenda continue, e enquanto o webhook nem é alcançado. Um webhook pode ter a sua.',
	RECADO_LANE_HOLD:
		'Por quanto tempo uma entrega que falha segura as seguintes da mesma conversa enquanto o webhook está bem no resto; depois elas a ultrapassam.',
	RECADO_SECRET_OVERLAP: 'Por quanto tempo o segredo antigo de um webhook ainda assina, junto com o novo, depois de uma troca.',
	RECADO_RETENTION:
		'Por quanto tempo se guardam as entregas concluídas, com as tentativas, e os eventos; os mais velhos são apagados aos poucos.',
	RECADO_JANITOR_INTERVAL:
		'De quanto em quanto tempo o gateway procura o que está velho demais, e webhooks em exclusão que não têm mais nada.',
	RECADO_JANITOR_BATCH:
		'Quanto disso é apagado, cancelado ou dado por perdido em uma escrita: o que mais houver para escrever espera esse tanto.',
	RECADO_JANITOR_BREATH: 'A pausa entre duas dessas escritas.',
	RECADO_JOB_BATCH: 'Quantas entregas um trabalho reenvia ou descarta em uma escrita.',
	RECADO_JOB_PAUSE: 'A pausa entre dois lotes de um trabalho; mais longa, tira menos de todo o resto.',
	RECADO_WEBHOOK_ALLOW:
		'Endereços que os webhooks podem alcançar, e de onde se buscam mídias, embora sejam privados, de loopback ou recusados por outro motivo, como CIDRs separados por vírgula: `10.1.2.0/24,127.0.0.1/32`.',
	RECADO_WEBHOOK_CA: 'Certificados aceitos para webhooks e mídias além dos do sistema, para servidores com uma autoridade privada.',
	RECADO_IDLE_CONNECTIONS_MAX:
		'Conexões mantidas abertas para a próxima tentativa, com todos os receptores; no limite, fecha-se a que descansa há mais tempo. As que estão em uso vêm por cima: uma por tentativa em curso.',
	RECADO_QUEUE_MAX: 'Mensagens que podem esperar na fila de uma instância; mais uma recebe 429.',
	RECADO_TRANSCRIPT_MESSAGES_MAX:
		'Mensagens na transcrição do webhook de um atendimento; de um atendimento mais longo contam-se as últimas.',
	RECADO_MEDIA_BYTES_MAX:
		'A maior imagem, vídeo, áudio ou figurinha, em Base64 ou em uma URL; maior que isso recebe 413. O próprio WhatsApp não aceita vídeo ou áudio maior.',
	RECADO_DOCUMENT_BYTES_MAX: 'O maior documento; maior que isso recebe 413. Em Base64 ele também precisa caber em `RECADO_BODY_BYTES_MAX`.',
	RECADO_MEDIA_DEADLINE: 'Quanto pode demorar a busca de uma mídia na URL dela, com redirecionamentos, antes que a mensagem seja recusada.',
	RECADO_MEDIA_LINK_LIFE:
		'Por quanto tempo o link de uma mídia leva a ela, a contar da mensagem; depois ela é apagada. Uma mensagem apagada leva suas mídias na hora.',
	RECADO_SIMULATOR_SEED: 'De onde os telefones simulados tiram o acaso: a mesma semente, o mesmo comportamento.',
	RECADO_RATE_LIMIT:
		'Quantas requisições uma credencial (um token, uma instância, uma aplicação) pode fazer ao longo do tempo; as outras recebem 429 com `Retry-After`. `0`: sem limite. Cada processo conta; de vários, cada um dá a sua parte. Um token de API pode ter um limite próprio, o administrador não tem nenhum.',
	RECADO_RATE_BURST:
		'Quantas delas podem vir de uma vez depois de um silêncio, em cada processo. Um limite próprio tem uma rajada na mesma proporção.',
	RECADO_AUDIT_RETENTION: 'Por quanto tempo se guardam os registros da auditoria.',
	RECADO_SESSION_LIFETIME: 'Por quanto tempo, no máximo, alguém que entrou no console continua dentro; depois entra de novo.',
	RECADO_SESSION_IDLE: 'Uma sessão termina quando nada se pediu com ela durante este tempo. Sabe-se disso por minuto.',
	RECADO_STREAMS_MAX:
		'Fluxos ao vivo que um processo serve ao mesmo tempo; mais um recebe 503. Uma página do console tem um ou dois. Todos leem a mesma ponta do banco; cada um custa o que se escreve nele.',
	RECADO_STREAMS_PER_CREDENTIAL_MAX:
		'Destes, os que uma credencial (um token de API, um operador, o administrador) pode ter abertos em um processo, para que ninguém fique com todos; mais um recebe 429.',
	RECADO_OIDC_ISSUER:
		'Um provedor de OpenID Connect pelo qual as pessoas entram no console: cada uma como o operador com o e-mail que ele verificou. O cliente dele aqui tem a URI de retorno `RECADO_PUBLIC_URL` + `/recado/v1/session/oidc/callback`.',
	RECADO_OIDC_CLIENT_ID: 'Como o provedor chama este gateway. Obrigatório com `RECADO_OIDC_ISSUER`.',
	RECADO_OIDC_CLIENT_SECRET:
		'Com o que o gateway mostra ao provedor que é esse cliente. Sem ele, é um cliente público, protegido só por PKCE.',
	RECADO_OIDC_ADMINS: 'Quem entra como administrador, pelos e-mails que o provedor verificou, separados por vírgula.',
	RECADO_READY_OLDEST_DUE_MAX: '`GET /ready` responde 503 enquanto uma entrega já devida esperou mais que isto.',
	RECADO_OTLP_URL:
		'Um coletor OpenTelemetry que recebe traces por OTLP sobre HTTP, como `http://127.0.0.1:4318`; `/v1/traces` é acrescentado. Sem ele, nada é enviado a lugar nenhum. O que ele precisar para autenticar vai em `OTEL_EXPORTER_OTLP_HEADERS`.',
	RECADO_TRACE_RATIO:
		'Que parte dos traces que começam aqui é gravada, de `0` a `1`. Para uma requisição que vem com `traceparent`, quem a fez já decidiu.',
	RECADO_SHUTDOWN_GRACE_MS:
		'Quanto uma parada espera pelas requisições e tentativas em curso; depois são cortadas. Nada se perde: essas tentativas são refeitas no próximo início.',
	RECADO_LOG_LEVEL: 'As linhas menos importantes que o log mostra.',
};
