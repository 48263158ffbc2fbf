using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Portal.Core.Foundation;

/// <summary>The model and one unit of work on it. Comes only from <see cref="Database"/>.</summary>
public abstract partial class PortalDb(DbContextOptions options, DbScope scope) : IdentityUserContext<PortalUser, long>(options)
{
    private DbScope scope = scope;
    private readonly List<Func<DomainEvent>> afterwards = [];

    public DbSet<Client> Clients => Set<Client>();

    public DbSet<Agency> Agency => Set<Agency>();

    public DbSet<Access> Access => Set<Access>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DeliveryAttempt> DeliveryAttempts => Set<DeliveryAttempt>();

    public DbSet<MailSuppression> MailSuppressions => Set<MailSuppression>();

    public DbSet<DeliveryReport> DeliveryReports => Set<DeliveryReport>();

    public DbSet<MailTemplateEdit> MailTemplateEdits => Set<MailTemplateEdit>();

    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    public DbSet<InboxAttempt> InboxAttempts => Set<InboxAttempt>();

    public DbSet<StoredFile> Files => Set<StoredFile>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<Retention> Retention => Set<Retention>();

    private DateTime Now => scope.Time.Now();

    /// <summary>Writes down what happened, in the same save: audit line, activity feed and outbox in one row.</summary>
    public void Record(DomainEvent happened) => Events.Add(EventRow.Of(happened, scope.Actor, Now));

    /// <summary>For an event about a row that gets its id in this very save.</summary>
    public void Record(Func<DomainEvent> happened) => afterwards.Add(happened);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Save with SaveChangesAsync.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await CheckWritesAsync(cancellationToken);
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State is EntityState.Modified))
            entry.Entity.Version = entry.OriginalValues.GetValue<long>(nameof(IVersioned.Version)) + 1;
        try
        {
            using var turn = await scope.Gate.EnterAsync(cancellationToken);
            return afterwards.Count == 0
                ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
                : await SaveWithEventsAsync(cancellationToken);
        }
        catch (Exception e) when (DbErrors.Translate(e) is { } known)
        {
            throw known;
        }
    }

    /// <summary>For the lane, which works on one context: the next unit begins with nothing of the last.</summary>
    internal void BeginAgain(DbScope next)
    {
        scope = next;
        afterwards.Clear();
        ChangeTracker.Clear();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Configure(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
        Conventions.Apply(builder);
        FenceAll(builder);
    }

    private async Task<int> SaveWithEventsAsync(CancellationToken ct)
    {
        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;
        var rows = await base.SaveChangesAsync(true, ct);
        foreach (var happened in afterwards)
            Record(happened());
        afterwards.Clear();
        rows += await base.SaveChangesAsync(true, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return rows;
    }
}

public sealed class SqlitePortalDb(DbContextOptions options, DbScope scope) : PortalDb(options, scope);

public sealed class SqlServerPortalDb(DbContextOptions options, DbScope scope) : PortalDb(options, scope);
