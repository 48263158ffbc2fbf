using System.Security.Claims;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class MailTemplatesApi
{
    public static void MapMailTemplates(this RouteGroupBuilder api)
    {
        var templates = api.MapGroup("/admin/mail/templates").WithTags("E-mail templates");

        templates.MapList("/", (ClaimsPrincipal user, MailTemplateQueries queries, [AsParameters] MailTemplatePage page, CancellationToken ct) =>
                queries.ListAsync(user.ToActor(), page, ct))
            .Says("List the e-mail templates", "Every mail that the portal writes. Search with q in name, key, subject and purpose; filter by category and by changed. Sort by name, category or edited_at.")
            .For(Can.ManageAgency).Produces<Paged<MailTemplateLine>>().Refuses(400, 422);

        templates.MapGet("/{key}", (ClaimsPrincipal user, MailTemplateQueries queries, string key, string? language, CancellationToken ct) =>
                queries.GetAsync(user.ToActor(), key, language, ct))
            .Says("An e-mail template", "Its words in a language, English unless said, and the variables that it can name, each with its kind and a sample.")
            .For(Can.ManageAgency).Produces<MailTemplateView>().Refuses(404, 422);

        templates.MapPut("/{key}", (ClaimsPrincipal user, MailTemplateService service, string key, SaveMailTemplate input, CancellationToken ct) =>
            {
                input.Template = key;
                return service.SaveAsync(user.ToActor(), input, ct);
            })
            .Says("Change an e-mail template", "Subject and body, with the version that was edited: someone else's change in between is a 409. A text that cannot be read is a 422 whose code is that of its first problem: unknown_variable, unclosed_brace, bad_place, wrong_type, bad_link, unknown_block, unclosed_bold, too_long or empty; the preview says where each one is.")
            .For(Can.ManageAgency).Produces<MailTemplateView>().Refuses(400, 404, 409, 413, 415, 422);

        MapLooks(templates);
        MapHistory(templates);
    }

    private static void MapLooks(RouteGroupBuilder templates)
    {
        templates.MapPost("/{key}/preview", (ClaimsPrincipal user, MailTemplateDesk desk, string key, MailTemplateDraft input, CancellationToken ct) =>
            {
                input.Template = key;
                return desk.PreviewAsync(user.ToActor(), input, ct: ct);
            })
            .Says("See how a text would be mailed", "With the samples in its places, as HTML and as text; nothing is saved. What is wrong with it is in problems: code, field, position (from 0), line and column (from 1). Subject or body left out are as they are saved.")
            .For(Can.ManageAgency).Produces<MailPreview>().Refuses(400, 404, 413, 415, 422);

        templates.MapPost("/{key}/test", (ClaimsPrincipal user, MailTemplateDesk desk, string key, MailTemplateDraft input, CancellationToken ct) =>
            {
                input.Template = key;
                return desk.TryAsync(user.ToActor(), input, ct);
            })
            .Says("Mail a template to yourself", "With the samples in its places, saved or not: it becomes a delivery like any other.")
            .For(Can.ManageAgency).Produces<MailTemplateTrial>().Refuses(400, 404, 409, 413, 415, 422);
    }

    private static void MapHistory(RouteGroupBuilder templates)
    {
        templates.MapList("/{key}/history", (ClaimsPrincipal user, MailTemplateQueries queries, string key, string? language, [AsParameters] PageRequest page, CancellationToken ct) =>
                queries.HistoryAsync(user.ToActor(), key, language, page, ct))
            .Says("The changes of an e-mail template", "Newest first: who, when and the whole text.")
            .For(Can.ManageAgency).Produces<Paged<MailTemplateChange>>().Refuses(400, 404, 422);

        templates.MapPost("/{key}/history/{number:int}/restore", (ClaimsPrincipal user, MailTemplateService service, string key, int number, RestoreMailTemplate input, CancellationToken ct) =>
            {
                (input.Template, input.Number) = (key, number);
                return service.RestoreAsync(user.ToActor(), input, ct);
            })
            .Says("Bring an earlier text back", "It becomes the newest change; nothing is taken out of the history.")
            .For(Can.ManageAgency).Produces<MailTemplateView>().Refuses(400, 404, 409, 413, 415, 422);

        templates.MapPost("/{key}/reset", (ClaimsPrincipal user, MailTemplateService service, string key, RestoreMailTemplate input, CancellationToken ct) =>
            {
                (input.Template, input.Number) = (key, null);
                return service.RestoreAsync(user.ToActor(), input, ct);
            })
            .Says("Reset an e-mail template", "The portal's own words hold again; the history keeps what was.")
            .For(Can.ManageAgency).Produces<MailTemplateView>().Refuses(400, 404, 409, 413, 415, 422);
    }
}
