using System.Collections;
using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Configuration.Memory;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>One line of JSON for each event, for machines to keep; words for people in development.</summary>
public static class Logs
{
    private static readonly KeyValuePair<string, string?>[] Levels =
    [
        // A request line can hold what is secret for a moment (a set-up link): it is not logged unless somebody asks for it.
        new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
        new("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Warning"),
        new("Logging:LogLevel:Quartz", "Warning"),
    ];

    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
        if (builder.Environment.IsDevelopment())
            return;
        builder.Logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            json.IncludeScopes = true;
        });
    }

    /// <summary>First of all, so that what goes wrong anywhere is logged with who asked.</summary>
    public static void UseLogScopes(this WebApplication app) => app.Use(async (http, next) =>
    {
        var who = new WhoAsks();
        http.Features.Set(who);
        using (app.Logger.BeginScope(who))
            await next(http);
    });

    /// <summary>As soon as it is known.</summary>
    public static void UseWhoAsks(this WebApplication app) => app.Use((http, next) =>
    {
        http.Features.Get<WhoAsks>()!.User = http.User;
        return next(http);
    });

    /// <summary>
    /// The person's id and the client's, never a name or an address; read when something is logged, so that a request that logs nothing
    /// pays for one small object.
    /// </summary>
    private sealed class WhoAsks : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public ClaimsPrincipal? User { get; set; }

        public int Count => Pairs().Count();

        public KeyValuePair<string, object?> this[int index] => Pairs().ElementAt(index);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Pairs().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => string.Join(' ', Pairs().Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}:{p.Value}")));

        private IEnumerable<KeyValuePair<string, object?>> Pairs()
        {
            if (User?.ToActor() is not { UserId: > 0 } actor)
                yield break;
            yield return new("PersonId", actor.UserId);
            if (ClientOf(actor) is { } client)
                yield return new("ClientId", client);
        }

        private static long? ClientOf(Actor actor) => actor switch
        {
            { Viewing: { } viewing } => viewing.ClientId,
            { Role: Role.Client, Grants: [var own, ..] } => own.ClientId,
            _ => null,
        };
    }
}
