using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Tests.Support;

/// <summary>
/// A SQL Server that is not there: nothing is opened or run, and every command that would have been sent is kept. Writes answer as
/// if they had met their rows; queries find nothing, unless <see cref="Finds"/> says what.
/// </summary>
public sealed partial class SqlServerTap
{
    private readonly List<(string Fragment, object?[][] Rows)> found = [];

    public SqlServerTap() => Provider = new Tapped(this);

    public IProvider Provider { get; }

    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>From now on a query with this fragment finds these rows.</summary>
    public void Finds(string fragment, params object?[][] rows) => found.Insert(0, (fragment, rows));

    private Queue<object?[][]> Answer(string sql)
    {
        Sent.Enqueue(sql);
        if (sql.Contains("OUTPUT ", StringComparison.Ordinal))
            return new(Statements().Split(sql).Where(s => s.Contains("OUTPUT ", StringComparison.Ordinal)).Select(Written));
        if (found.FirstOrDefault(f => sql.Contains(f.Fragment, StringComparison.Ordinal)) is { Rows: { } rows })
            return new([rows]);
        return new([sql.StartsWith("SELECT CASE", StringComparison.Ordinal) || sql.StartsWith("SELECT COUNT", StringComparison.Ordinal) ? [[0]]
            : sql.StartsWith("SELECT M", StringComparison.Ordinal) ? [[null]] : []]);
    }

    /// <summary>A row per written row: its new id and, for several at once, its position among them; 1 for an update.</summary>
    private static object?[][] Written(string statement)
    {
        var rows = statement.Contains("MERGE", StringComparison.Ordinal) ? Tuples().Count(statement) : 1;
        return [.. Enumerable.Range(0, rows).Select(i => new object?[] { statement.Contains("OUTPUT 1", StringComparison.Ordinal) ? 1 : i + 1L, i })];
    }

    [GeneratedRegex(@";\r?\n")]
    private static partial Regex Statements();

    [GeneratedRegex(@"\((@p\d+, )*@p\d+, \d+\)|\(@p\d+, \d+\)")]
    private static partial Regex Tuples();

    private sealed class Tapped(SqlServerTap tap) : IProvider
    {
        private readonly SqlServerProvider real = new("Server=nowhere;Database=Portal;Encrypt=False", o => o.AddInterceptors(new Connections(), new Transactions(), new Commands(tap)));

        public DbContextOptions Options => real.Options;

        public Type ContextType => real.ContextType;

        public WriteGate MakeGate() => real.MakeGate();

        public string WriteProbe => real.WriteProbe;

        public string LaneSettings => real.LaneSettings;

        public string SizeQuery => real.SizeQuery;

        public PortalDb Create(DbContextOptions options, DbScope scope) => real.Create(options, scope);

        public DbConnection Connect() => new Connection(tap);

        public bool Exists() => real.Exists();

        public IDisposable? Hold() => real.Hold();

        public Task PrepareAsync(PortalDb db, CancellationToken ct) => real.PrepareAsync(db, ct);
    }

    /// <summary>For what reads without EF.</summary>
    private sealed class Connection(SqlServerTap tap) : DbConnection
    {
#pragma warning disable CS8765 // the base class allows null here and the compiler cannot say so
        public override string ConnectionString { get; set; } = "";
#pragma warning restore CS8765

        public override string Database => "Portal";

        public override string DataSource => "nowhere";

        public override string ServerVersion => "";

        public override ConnectionState State => ConnectionState.Open;

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        public override void Close()
        {
        }

        public override void Open()
        {
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => new Command(tap);
    }

    private sealed class Connections : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult.Suppress());
    }

    private sealed class Transactions : DbTransactionInterceptor
    {
        public override InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result) =>
            InterceptionResult<DbTransaction>.SuppressWithResult(new Transaction(connection));

        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
            new(TransactionStarting(connection, eventData, result));

        public override ValueTask<InterceptionResult> CreatingSavepointAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult.Suppress());

        public override ValueTask<InterceptionResult> RollingBackToSavepointAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult.Suppress());
    }

    private sealed class Commands(SqlServerTap tap) : DbCommandInterceptor
    {
        public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
            InterceptionResult<DbCommand>.SuppressWithResult(new Command(tap));
    }

    private sealed class Transaction(DbConnection connection) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }

    /// <summary>Has the parameters of a real command, so that the provider's type mappings are exercised.</summary>
    private sealed class Command(SqlServerTap tap) : DbCommand
    {
        private readonly SqlCommand real = new();

#pragma warning disable CS8765 // the base class allows null here and the compiler cannot say so
        public override string CommandText { get; set; } = "";
#pragma warning restore CS8765

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbTransaction? DbTransaction { get; set; }

        protected override DbParameterCollection DbParameterCollection => real.Parameters;

        public override void Cancel()
        {
        }

        public override void Prepare()
        {
        }

        public override int ExecuteNonQuery()
        {
            tap.Answer(CommandText);
            return 1;
        }

        public override object? ExecuteScalar() => tap.Answer(CommandText).SelectMany(set => set).SelectMany(row => row).FirstOrDefault();

        protected override DbParameter CreateDbParameter() => real.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => new Reader(tap.Answer(CommandText));

        protected override void Dispose(bool disposing)
        {
            real.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Reader(Queue<object?[][]> sets) : DbDataReader
    {
        private object?[][] rows = sets.TryDequeue(out var first) ? first : [];
        private int at = -1;

        public override int FieldCount => rows.FirstOrDefault()?.Length ?? 0;

        public override bool HasRows => rows.Length > 0;

        public override int Depth => 0;

        public override bool IsClosed => false;

        public override int RecordsAffected => 1;

        public override object this[int ordinal] => GetValue(ordinal);

        public override object this[string name] => throw new NotSupportedException();

        public override bool Read() => ++at < rows.Length;

        public override bool NextResult()
        {
            at = -1;
            var more = sets.TryDequeue(out var next);
            rows = next ?? [];
            return more;
        }

        public override bool IsDBNull(int ordinal) => rows[at][ordinal] is null;

        public override object GetValue(int ordinal) => rows[at][ordinal] ?? DBNull.Value;

        public override T GetFieldValue<T>(int ordinal) => (T)Convert.ChangeType(GetValue(ordinal), typeof(T), null);

        public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

        public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

        public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

        public override char GetChar(int ordinal) => GetFieldValue<char>(ordinal);

        public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

        public override string GetDataTypeName(int ordinal) => GetValue(ordinal).GetType().Name;

        public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

        public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

        public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

        public override IEnumerator GetEnumerator() => rows.GetEnumerator();

        public override Type GetFieldType(int ordinal) => GetValue(ordinal).GetType();

        public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

        public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

        public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

        public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

        public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

        public override string GetName(int ordinal) => $"c{ordinal}";

        public override int GetOrdinal(string name) => throw new NotSupportedException();

        public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

        public override int GetValues(object[] values) => throw new NotSupportedException();
    }
}
