#include "bare_sqlite.h"

#include <functional>
#include <memory>
#include <sqlite3.h>

#include "rules_and_texts.h"
#include "store/schema.h"

namespace testigo::bench {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

// As src/store/store.cpp has them, so that only the work differs.
constexpr const char* settings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF;"
    "PRAGMA cache_size = -16384; PRAGMA mmap_size = 67108864; PRAGMA wal_autocheckpoint = 16000;"
    "PRAGMA journal_size_limit = 67108864;";

void check(sqlite3* db, int code) {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) give_up(sqlite3_errmsg(db));
}

Database open(const std::string& path) {
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database db(raw);
  check(raw, code);
  return db;
}

void run(sqlite3* db, const std::string& sql) {
  check(db, sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr));
}

class Statement {
 public:
  Statement(sqlite3* db, const std::string& sql) : db_(db) {
    sqlite3_stmt* raw = nullptr;
    check(db, sqlite3_prepare_v2(db, sql.c_str(), -1, &raw, nullptr));
    statement_.reset(raw);
  }

  // Binds one row after the other from position 1 and runs to the end.
  void insert(std::initializer_list<const Row*> rows) {
    int position = 0;
    for (const Row* row : rows)
      for (const Cell& cell : *row) bind(++position, cell);
    step();
    sqlite3_reset(statement_.get());
  }

  bool step() {
    const int code = sqlite3_step(statement_.get());
    check(db_, code);
    return code == SQLITE_ROW;
  }

  [[nodiscard]] Cell cell(int column) const {
    sqlite3_stmt* s = statement_.get();
    switch (sqlite3_column_type(s, column)) {
      case SQLITE_INTEGER:
        return sqlite3_column_int64(s, column);
      case SQLITE_FLOAT:
        return sqlite3_column_double(s, column);
      case SQLITE_NULL:
        return std::monostate();
      default:
        break;
    }
    const void* bytes = sqlite3_column_blob(s, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(s, column));
    return std::string(static_cast<const char*>(bytes), size);
  }

  [[nodiscard]] Row row() const {
    Row cells;
    for (int i = 0; i < sqlite3_column_count(statement_.get()); ++i) cells.push_back(cell(i));
    return cells;
  }

 private:
  // The cells outlive the step, so nothing is copied.
  void bind(int position, const Cell& cell) {
    sqlite3_stmt* s = statement_.get();
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
      sqlite3_bind_int64(s, position, *integer);
    } else if (const auto* real = std::get_if<double>(&cell)) {
      sqlite3_bind_double(s, position, *real);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
      sqlite3_bind_text64(s, position, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else {
      sqlite3_bind_null(s, position);
    }
  }

  sqlite3* db_;
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement_;
};

std::string insert_into(const std::string& table, std::size_t columns) {
  std::string sql = "INSERT INTO " + table + " VALUES(?1";
  for (std::size_t i = 2; i <= columns; ++i) sql += ", ?" + std::to_string(i);
  return sql + ")";
}

std::vector<Row> read_rows(sqlite3* db, const std::string& sql) {
  std::vector<Row> rows;
  Statement statement(db, sql);
  while (statement.step()) rows.push_back(statement.row());
  return rows;
}

void in_transactions(sqlite3* db, const std::vector<StoredPost>& posts, std::size_t per_transaction,
                     const std::function<void(const StoredPost&)>& insert) {
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (i % per_transaction == 0) run(db, i == 0 ? "BEGIN IMMEDIATE" : "COMMIT; BEGIN IMMEDIATE");
    insert(posts[i]);
  }
  run(db, "COMMIT");
}

constexpr const char* add_counts =
    " ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, "
    "score_sum = score_sum + excluded.score_sum, rating_sum = rating_sum + excluded.rating_sum, "
    "rated = rated + excluded.rated, star1 = star1 + excluded.star1, "
    "star2 = star2 + excluded.star2, star3 = star3 + excluded.star3, "
    "star4 = star4 + excluded.star4, star5 = star5 + excluded.star5";

constexpr std::size_t split_columns = 21;
constexpr const char* add_totals =
    " ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, "
    "advocacy = advocacy + excluded.advocacy, complaint = complaint + excluded.complaint, "
    "mixed = mixed + excluded.mixed, question = question + excluded.question, "
    "other = other + excluded.other, positive = positive + excluded.positive, "
    "negative = negative + excluded.negative, "
    "mixed_polarity = mixed_polarity + excluded.mixed_polarity, "
    "neutral = neutral + excluded.neutral, score_sum = score_sum + excluded.score_sum, "
    "rating_sum = rating_sum + excluded.rating_sum, star1 = star1 + excluded.star1, "
    "star2 = star2 + excluded.star2, star3 = star3 + excluded.star3, "
    "star4 = star4 + excluded.star4, star5 = star5 + excluded.star5";

// The statements that put one post into the store's tables.
class SameTables {
 public:
  SameTables(sqlite3* db, const StoredPost& like)
      : revision_(db, insert_into("revision", like.revision.size())),
        post_(db, insert_into("post", like.post.size())),
        verdict_(db, insert_into("verdict", like.verdict.size())),
        mention_(db, insert_into("mention", like.mention.size())),
        full_text_(db, "INSERT INTO mention_fts(rowid, words) VALUES(?1, ?2)"),
        daily_(db, insert_into("daily", like.daily.size()) + add_counts),
        hourly_(db, insert_into("hourly", like.daily.size()) + add_counts),
        split_day_(db, insert_into("split_day", split_columns) + add_totals),
        page_(db, insert_into("post_page", like.page.size())) {}

  void insert(const StoredPost& post) {
    revision_.insert({&post.revision});
    post_.insert({&post.post});
    verdict_.insert({&post.verdict});
    mention_.insert({&post.mention});
    full_text_.insert({&post.full_text});
    daily_.insert({&post.daily});
    if (!post.hourly.empty()) hourly_.insert({&post.hourly});
    for (const Row& one : post.split_days) split_day_.insert({&one});
    if (post.page != last_page_) page_.insert({&post.page});
    last_page_ = post.page;
  }

 private:
  Statement revision_, post_, verdict_, mention_, full_text_, daily_, hourly_, split_day_, page_;
  Row last_page_;
};

}  // namespace

std::vector<StoredPost> read_back(const std::string& database) {
  const Database db = open(database);
  const auto read = [&](const std::string& columns) {
    return read_rows(db.get(), "SELECT " + columns +
                                   " FROM mention m JOIN post p ON p.id = m.post "
                                   "JOIN post_page g ON g.id = p.page "
                                   "JOIN revision r ON r.id = p.revision "
                                   "JOIN verdict v ON v.revision = r.id AND v.rules = m.rules "
                                   "ORDER BY m.doc");
  };
  const auto cell = [](const std::string& when) {
    return "m.brand, " + when +
           ", p.dated, p.source, v.language, ifnull(m.tag, -1), "
           "ifnull(v.polarity, -1), ifnull(v.stage, -1), 1, "
           "CAST(round(ifnull(m.score, 0) * 10000) AS INTEGER), ifnull(r.stars, 0), "
           "r.stars IS NOT NULL, ifnull((r.stars + 5000) / 10000 = 1, 0), "
           "ifnull((r.stars + 5000) / 10000 = 2, 0), ifnull((r.stars + 5000) / 10000 = 3, 0), "
           "ifnull((r.stars + 5000) / 10000 = 4, 0), ifnull((r.stars + 5000) / 10000 = 5, 0)";
  };
  auto pages = read("g.*"), posts = read("p.*"), revisions = read("r.*"), verdicts = read("v.*"),
       mentions = read("m.*");
  auto daily = read(cell("m.day")), hourly = read(cell("m.said_at / 3600000"));
  const auto recent = read("m.said_at / 3600000 >= (SELECT min(hour) FROM hourly)");
  std::vector<StoredPost> stored(posts.size());
  for (std::size_t i = 0; i < stored.size(); ++i) {
    stored[i].page = std::move(pages[i]);
    stored[i].post = std::move(posts[i]);
    stored[i].revision = std::move(revisions[i]);
    stored[i].verdict = std::move(verdicts[i]);
    stored[i].mention = std::move(mentions[i]);
    stored[i].daily = std::move(daily[i]);
    if (recent[i].front() == Cell(std::int64_t{1})) stored[i].hourly = std::move(hourly[i]);
  }
  return stored;
}

void add_tokens(StoredPost& post, std::string words, const std::vector<std::string>& themes) {
  enum : std::ptrdiff_t {  // columns of daily
    brand,
    day,
    dated,
    source,
    language,
    tag,
    polarity,
    stage,
    mentions,
    score,
    stars,
    rated,
    star1
  };
  post.full_text = {post.mention.front(), std::move(words)};
  // One for a number that is meant, none for the others.
  const auto marks = [](Row& row, const Cell& value, std::int64_t values) {
    for (std::int64_t i = 0; i < values; ++i)
      row.emplace_back(static_cast<std::int64_t>(value == Cell(i)));
  };
  const auto add = [&](std::int64_t split, Cell value) {
    const Row& like = post.daily;
    Row& row = post.split_days.emplace_back(
        Row{like[brand], Cell(split), like[day], std::move(value), like[mentions]});
    marks(row, like[tag], 5);
    marks(row, like[polarity], 4);
    row.push_back(like[score]);
    row.push_back(like[stars]);
    row.insert(row.end(), like.begin() + star1, like.end());
  };
  add(0, post.daily[source]);
  add(1, post.daily[language]);
  add(2, post.daily[stage]);
  for (const std::string& theme : themes) add(3, theme);
}

void insert_plain(const std::string& database, const std::vector<StoredPost>& posts,
                  std::size_t per_transaction) {
  const Database db = open(database);
  run(db.get(), settings);
  const StoredPost& like = posts.front();
  const std::size_t columns =
      like.post.size() + like.revision.size() + like.verdict.size() + like.mention.size();
  std::string table = "CREATE TABLE plain(c1";
  for (std::size_t i = 2; i <= columns; ++i) table += ", c" + std::to_string(i);
  run(db.get(), table + ")");
  Statement insert(db.get(), insert_into("plain", columns));
  in_transactions(db.get(), posts, per_transaction, [&](const StoredPost& post) {
    insert.insert({&post.post, &post.revision, &post.verdict, &post.mention});
  });
}

void insert_same_tables(const std::string& database, const std::vector<StoredPost>& posts,
                        std::size_t per_transaction) {
  const Database db = open(database);
  run(db.get(), settings);
  for (const std::string_view part : store::schema()) run(db.get(), std::string(part));
  SameTables tables(db.get(), posts.front());
  in_transactions(db.get(), posts, per_transaction,
                  [&](const StoredPost& post) { tables.insert(post); });
}

}  // namespace testigo::bench
