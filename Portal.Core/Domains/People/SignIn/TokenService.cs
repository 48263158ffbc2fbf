using System.Text.Json.Nodes;

namespace Portal.Core.Domains.People;

/// <summary>Access tokens for programs: 30 minutes each, renewed by refresh tokens that work once.</summary>
public sealed class TokenService(
    SignInService signIn, CodeSignIn codes, SecondStep second, SigningKeys keys, PersonDirectory people, Lane lane, PortalOptions options, TimeProvider time)
{
    public const string Audience = "portal";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private static readonly Actor Self = Actor.System("sign-in");

    public async Task<TokenEntry> LoginAsync(SignIn input, Arrival arrival, CancellationToken ct = default) =>
        await EnterAsync(await signIn.CheckAsync(input, arrival.Address, arrival.Device, ct), SignInMethod.Password, arrival, ct);

    public async Task<TokenEntry> LoginAsync(EnterCode input, Arrival arrival, CancellationToken ct = default) =>
        await EnterAsync(await codes.CheckAsync(input, arrival, ct), SignInMethod.Code, arrival, ct);

    public async Task<TokenGrant> PassAsync(EnterSecondFactor input, Arrival arrival, CancellationToken ct = default)
    {
        var refresh = "";
        var (_, session) = await second.PassAsync(input, arrival, (db, begun) => Task.FromResult(refresh = AddToken(db, begun)), ct);
        return await GrantAsync(session, refresh, ct);
    }

    public async Task<TokenGrant> RefreshAsync(RefreshAccess input, string address, CancellationToken ct = default)
    {
        Input.Check(input);
        var outcome = await RotateAsync(Tokens.Hash(input.RefreshToken), address, ct);
        if (outcome.Ended is { } ended)
            people.Forget(ended.UserId);
        return outcome is { Session: { } session, Next: { } next }
            ? await GrantAsync(session, next, ct)
            : throw new BadCredentials("This refresh token is no longer good. Please sign in again.", "invalid_refresh_token");
    }

    /// <summary>Ends the session that a refresh token belongs to. An unknown one is ended already.</summary>
    public async Task LogoutAsync(RefreshAccess input, CancellationToken ct = default)
    {
        Input.Check(input);
        var hash = Tokens.Hash(input.RefreshToken);
        var userId = await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            if (await db.RefreshTokens.Include(t => t.Session).SingleOrDefaultAsync(t => t.Hash == hash, ct) is not { Session: { EndedAt: null } session })
                return 0;
            session.End(time.Now());
            db.Record(new SignedOut(session.UserId, session.Id));
            return session.UserId;
        }, ct);
        people.Forget(userId);
    }

    /// <returns>Who the token speaks for; null when it is not ours, not now, or its session has ended.</returns>
    public async Task<Person?> ReadAsync(string token, CancellationToken ct = default)
    {
        if (Jwt.KidOf(token) is not { } kid || await keys.FindAsync(kid, ct) is not { } key || Jwt.Verify(token, key.Pair) is not { } claims)
            return null;
        return Jwt.Holds(claims, options.PublicUrl, Audience, time.Now())
            && long.TryParse(Jwt.Text(claims, "sub"), out var userId) && Jwt.Number(claims, "sid") is { } sessionId
            ? await people.FindAsync(userId, sessionId, ct)
            : null;
    }

    /// <summary>Forgets refresh tokens that were of no use for a month.</summary>
    public Task<int> CleanUpAsync(CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, db =>
    {
        var old = time.Now().AddMonths(-1);
        return db.RefreshTokens.Where(t => t.ExpiresAt < old).ExecuteDeleteAsync(ct);
    }, ct);

    private async Task<TokenEntry> EnterAsync(PortalUser user, SignInMethod method, Arrival arrival, CancellationToken ct)
    {
        if (SecondStep.IsOwedBy(user, method))
            return new(null, new(true, await second.AskAsync(user, method, arrival.Remember, ct)));
        var refresh = "";
        var session = await signIn.BeginAsync(user, method, arrival, (db, begun) => Task.FromResult(refresh = AddToken(db, begun)), ct);
        return new(await GrantAsync(session, refresh, ct), null);
    }

    // What went wrong is an outcome and no exception: a reused token ends its session, and that must be saved.
    private async Task<Rotation> RotateAsync(byte[] hash, string address, CancellationToken ct)
    {
        try
        {
            return await lane.RunAsync(Self, Can.KeepHouse, async db =>
            {
                var now = time.Now();
                var token = await db.RefreshTokens.Include(t => t.Session).SingleOrDefaultAsync(t => t.Hash == hash, ct);
                if (token is null || token.ExpiresAt <= now || !token.Session.IsAlive(now))
                    return new Rotation(null, null, null);
                if (token.UsedAt is not null)
                {
                    token.Session.End(now);
                    db.Record(new RefreshTokenReused(token.Session.UserId, token.Session.Id, address));
                    return new Rotation(null, null, token.Session);
                }

                token.Use(now);
                return new Rotation(token.Session, AddToken(db, token.Session), null);
            }, ct);
        }
        catch (Conflict)
        {
            // Two hosts got the same token at once; for the second it is used.
            return await RotateAsync(hash, address, ct);
        }
    }

    private string AddToken(PortalDb db, Session session)
    {
        var token = Tokens.New();
        db.Add(new RefreshToken { Session = session, Hash = Tokens.Hash(token), ExpiresAt = time.Now() + RefreshToken.Lifetime });
        return token;
    }

    private async Task<TokenGrant> GrantAsync(Session session, string refresh, CancellationToken ct)
    {
        var person = await people.FindAsync(session.UserId, session.Id, ct) ?? throw new BadCredentials();
        var (key, now) = (await keys.CurrentAsync(ct), new DateTimeOffset(time.Now()).ToUnixTimeSeconds());
        var claims = new JsonObject
        {
            ["iss"] = options.PublicUrl,
            ["aud"] = Audience,
            ["sub"] = person.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["sid"] = session.Id,
            ["name"] = person.Name,
            ["role"] = Input.Name(person.Role.ToString()),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)Lifetime.TotalSeconds,
            ["jti"] = Guid.CreateVersion7().ToString(),
        };
        return new(Jwt.Sign(claims, key.Kid, key.Pair), refresh, "Bearer", (int)Lifetime.TotalSeconds);
    }

    private sealed record Rotation(Session? Session, string? Next, Session? Ended);
}
